"""logsumexp and the gradient's formula: softened outputs apart, times T; outputs and labels apart."""

import torch


def log_soft(logits, temperature):
    scaled = logits / temperature
    return scaled - torch.logsumexp(scaled, dim=-1, keepdim=True)


def soft_targets(logits, temperature):
    return log_soft(logits, temperature).exp()


def distill_loss(student_logits, teacher_logits, labels, temperature, alpha):
    wanted, given = log_soft(teacher_logits, temperature), log_soft(student_logits, temperature)
    soft = (wanted.exp() * (wanted - given)).sum(dim=1).mean()
    hard = -log_soft(student_logits, 1.0).gather(1, labels.unsqueeze(1)).mean()
    return alpha * temperature * temperature * soft + (1.0 - alpha) * hard


def distill_gradient(student_logits, teacher_logits, labels, temperature, alpha):
    apart = soft_targets(student_logits, temperature) - soft_targets(teacher_logits, temperature)
    wrong = soft_targets(student_logits, 1.0)
    wrong[torch.arange(len(labels)), labels] -= 1.0
    return (alpha * temperature * apart + (1.0 - alpha) * wrong) / len(labels)
