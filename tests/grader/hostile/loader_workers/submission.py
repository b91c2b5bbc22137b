import torch
from torch.utils.data import DataLoader, TensorDataset

DATA = TensorDataset(torch.ones(4, 1))


def f():
    return [len(batch[0]) for batch in DataLoader(DATA, batch_size=2, num_workers=2)]


def alone():
    return [len(batch[0]) for batch in DataLoader(DATA, batch_size=2, num_workers=0)]
