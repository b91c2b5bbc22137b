# fails: gradient_is_that_of_the_loss[gradient_sum_over_the_batch]
"""By hand, not divided by n."""

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
    q, p = soft_targets(student_logits, temperature), soft_targets(teacher_logits, temperature)
    hard = soft_targets(student_logits, 1.0) - F.one_hot(labels, student_logits.shape[1])
    return alpha * temperature * (q - p) + (1 - alpha) * hard
