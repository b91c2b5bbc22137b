# fails: soft_term_is_the_scaled_divergence[divergence_negated]
"""p (ln q - ln p)."""

import torch
import torch.nn.functional as F


def soft_targets(logits, temperature):
    return F.softmax(logits / temperature, dim=-1)


def distill_loss(student_logits, teacher_logits, labels, temperature, alpha):
    wanted, given = F.log_softmax(teacher_logits / temperature, dim=-1), F.log_softmax(student_logits / temperature, dim=-1)
    soft = (wanted.exp() * (given - wanted)).sum(dim=1).mean()
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


def distill_gradient(student_logits, teacher_logits, labels, temperature, alpha):
    logits = student_logits.detach().clone().requires_grad_()
    loss = distill_loss(logits, teacher_logits, labels, temperature, alpha)
    (gradient,) = torch.autograd.grad(loss, logits)
    return gradient
