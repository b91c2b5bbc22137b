# fails: soft_term_is_the_scaled_divergence
"""The mean squared difference of logits."""

import torch
import torch.nn.functional as F


def soft_targets(logits, temperature):
    return F.softmax(logits / temperature, dim=-1)


def distill_loss(student_logits, teacher_logits, labels, temperature, alpha):
    soft = F.mse_loss(student_logits, teacher_logits)
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


def distill_gradient(student_logits, teacher_logits, labels, temperature, alpha):
    logits = student_logits.detach().clone().requires_grad_()
    loss = distill_loss(logits, teacher_logits, labels, temperature, alpha)
    (gradient,) = torch.autograd.grad(loss, logits)
    return gradient
