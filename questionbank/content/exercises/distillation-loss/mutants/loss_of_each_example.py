# fails: loss_is_one_number[loss_of_each_example]
"""No mean over the batch."""

import torch
import torch.nn.functional as F


def soft_targets(logits, temperature):
    return F.softmax(logits / temperature, dim=-1)


def distill_loss(student_logits, teacher_logits, labels, temperature, alpha):
    soft = F.kl_div(F.log_softmax(student_logits / temperature, dim=-1), soft_targets(teacher_logits, temperature), reduction="none").sum(dim=1)
    hard = F.cross_entropy(student_logits, labels, reduction="none")
    return alpha * temperature**2 * soft + (1 - alpha) * hard


def distill_gradient(student_logits, teacher_logits, labels, temperature, alpha):
    logits = student_logits.detach().clone().requires_grad_()
    loss = distill_loss(logits, teacher_logits, labels, temperature, alpha)
    (gradient,) = torch.autograd.grad(loss, logits)
    return gradient
