# fails: huge_logits_do_not_overflow[exp_overflows]
"""exp of the logits themselves."""

import torch
import torch.nn.functional as F


def soft_targets(logits, temperature):
    powers = torch.exp(logits / temperature)
    return powers / powers.sum(dim=-1, keepdim=True)


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
    loss = distill_loss(logits, teacher_logits, labels, temperature, alpha)
    (gradient,) = torch.autograd.grad(loss, logits)
    return gradient
