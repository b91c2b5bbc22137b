"""numpy arrays inside, tensors at the ends; the soft term as a difference of two cross-entropies."""

import numpy as np
import torch


def _log_softmax(values):
    shifted = values - values.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def soft_targets(logits, temperature):
    return torch.from_numpy(np.exp(_log_softmax(logits.numpy() / temperature)))


def distill_loss(student_logits, teacher_logits, labels, temperature, alpha):
    student, teacher, classes = student_logits.numpy(), teacher_logits.numpy(), labels.numpy()
    wanted, given = _log_softmax(teacher / temperature), _log_softmax(student / temperature)
    p = np.exp(wanted)
    cross, own = -(p * given).sum(axis=1), -(p * wanted).sum(axis=1)
    hard = -_log_softmax(student)[np.arange(len(classes)), classes]
    return torch.tensor(np.mean(alpha * temperature**2 * (cross - own) + (1 - alpha) * hard))


def distill_gradient(student_logits, teacher_logits, labels, temperature, alpha):
    student, teacher = student_logits.numpy(), teacher_logits.numpy()
    q, p = np.exp(_log_softmax(student / temperature)), np.exp(_log_softmax(teacher / temperature))
    one_hot = np.eye(student.shape[1])[labels.numpy()]
    rows = alpha * temperature * (q - p) + (1 - alpha) * (np.exp(_log_softmax(student)) - one_hot)
    return torch.from_numpy(rows / len(rows))
