# fails: soft_term_is_the_scaled_divergence[logarithm_of_the_teacher_missing]
"""p (p - ln q)."""

import torch
import torch.nn.functional as F


def soft_targets(logits, temperature):
    return F.softmax(logits / temperature, dim=-1)


def distill_loss(student_logits, teacher_logits, labels, temperature, alpha):
    p = soft_targets(teacher_logits, temperature)
    soft = (p * (p - F.log_softmax(student_logits / temperature, dim=-1))).sum(dim=1).mean()
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


def distill_gradient(student_logits, teacher_logits, labels, temperature, alpha):
    logits = student_logits.detach().clone().requires_grad_()
    loss = distill_loss(logits, teacher_logits, labels, temperature, alpha)
    (gradient,) = torch.autograd.grad(loss, logits)
    return gradient
