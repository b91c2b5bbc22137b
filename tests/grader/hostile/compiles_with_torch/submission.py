import torch


@torch.compile
def double(x):
    return x * 2


@torch.compile(fullgraph=True, mode="max-autotune")
def triple(x):
    return x * 3


def f():
    network = torch.compile(torch.nn.Identity())
    return network(double(torch.ones(2))) + triple(torch.ones(2))
