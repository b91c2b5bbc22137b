# reaches: the_student_reads_digits>=0.7, the_student_is_smaller_still>=0.5
"""Two convolutions of four channels and one layer behind them, trained in torch on the teacher's softened answers."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

STEPS, BATCH, RATE, TEMPERATURE = 400, 128, 0.03, 3.0


def train(images, labels, teacher_logits):
    torch.manual_seed(1)
    network = nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(4, 4, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(16, 10),
    )
    x = torch.tensor(np.asarray(images)[:, None])
    wanted = F.log_softmax(torch.tensor(np.asarray(teacher_logits)) / TEMPERATURE, dim=1)
    optimizer = torch.optim.Adam(network.parameters(), RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=STEPS)
    for _ in range(STEPS):
        batch = torch.randint(0, len(x), (BATCH,))
        answers = F.log_softmax(network(x[batch]) / TEMPERATURE, dim=1)
        loss = F.kl_div(answers, wanted[batch], log_target=True, reduction="batchmean") * TEMPERATURE**2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return [layer for module in network for layer in told(module)]


def told(module):
    if isinstance(module, nn.Conv2d | nn.Linear):
        arrays = module.weight.detach().numpy(), module.bias.detach().numpy()
        return [("linear", *arrays)] if isinstance(module, nn.Linear) else [("conv", *arrays, 1, 1)]
    return [{nn.ReLU: ("relu",), nn.MaxPool2d: ("max_pool", 2), nn.Flatten: ("flatten",)}[type(module)]]
