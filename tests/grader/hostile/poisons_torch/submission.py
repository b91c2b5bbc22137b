import numba
import torch


def healthy():
    double = numba.njit(lambda x: 2.0 * x)
    return [float(torch.ones(2, 2).sum()), torch.nn.Linear(1, 2).out_features, torch.get_default_dtype() is torch.float32, double(3.0)]


def poison():
    torch.set_default_dtype(torch.float64)
    torch.Tensor.sum = torch.ones = lambda *args, **kwargs: 42
    torch.nn.Linear.__init__ = lambda self, *sizes: None
    torch.manual_seed(1)
    numba.njit = numba.jit = lambda function: (lambda *args: 42)
    return torch.ones(2)
