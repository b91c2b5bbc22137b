# fails: gradient_is_that_of_the_loss[gradient_of_nothing]
"""Read before backward()."""

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
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


def distill_gradient(student_logits, teacher_logits, labels, temperature, alpha):
    logits = student_logits.detach().clone().requires_grad_()
    logits.grad = torch.zeros_like(logits)
    gradient = logits.grad.clone()
    distill_loss(logits, teacher_logits, labels, temperature, alpha).backward()
    return gradient
