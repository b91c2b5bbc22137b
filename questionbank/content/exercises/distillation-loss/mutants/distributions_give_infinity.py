# fails: logits_far_apart_stay_finite[logarithm_of_zero]
"""kl_divergence of torch.distributions is infinite where a probability is rounded to zero."""

import torch
from torch.distributions import Categorical, kl_divergence


def soft_targets(logits, temperature):
    return torch.nn.Softmax(dim=-1)(logits * (1.0 / temperature))


def distill_loss(student_logits, teacher_logits, labels, temperature, alpha):
    total = student_logits.new_zeros(())
    for student, teacher, label in zip(student_logits, teacher_logits, labels):
        soft = kl_divergence(Categorical(logits=teacher / temperature), Categorical(logits=student / temperature))
        hard = -Categorical(logits=student).log_prob(label)
        total = total + alpha * temperature**2 * soft + (1 - alpha) * hard
    return total / len(labels)


def distill_gradient(student_logits, teacher_logits, labels, temperature, alpha):
    logits = torch.nn.Parameter(student_logits.clone())
    distill_loss(logits, teacher_logits, labels, temperature, alpha).backward()
    return logits.grad
