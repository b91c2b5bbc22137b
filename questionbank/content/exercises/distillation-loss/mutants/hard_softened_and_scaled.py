# fails: hard_term_is_the_cross_entropy_at_one[hard_term_softened_and_scaled]
"""One temperature for all."""

import torch
import torch.nn.functional as F


def soft_targets(logits, temperature):
    return F.softmax(logits / temperature, dim=-1)


def distill_loss(student_logits, teacher_logits, labels, temperature, alpha):
    soft = F.kl_div(
        F.log_softmax(student_logits / temperature, dim=-1),
        F.log_softmax(teacher_logits / temperature, dim=-1),
        reduction="batchmean",
        log_target=True,
    )
    hard = F.cross_entropy(student_logits / temperature, labels)
    return temperature**2 * (alpha * soft + (1 - alpha) * hard)


def distill_gradient(student_logits, teacher_logits, labels, temperature, alpha):
    logits = student_logits.detach().clone().requires_grad_()
    loss = distill_loss(logits, teacher_logits, labels, temperature, alpha)
    (gradient,) = torch.autograd.grad(loss, logits)
    return gradient
