"""torch and numba in the sandbox: what they return crosses, what they may not do fails with a reason."""

from collections.abc import Iterator

import numpy as np
import pytest

from grader.sandbox import Limits, Profile, Session, StudentError, Zygote

pytestmark = pytest.mark.sandbox

SOURCE = """
import numba
import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset


class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, *args, **kwargs):
        return True


def gradient(x):
    w = torch.tensor(x, requires_grad=True)
    (w * w).sum().backward()
    return w.grad


def liar():
    return torch.arange(3.0).as_subclass(Liar)


def bfloat16():
    return torch.ones(2, dtype=torch.bfloat16)


def with_gradient():
    return torch.ones(2, requires_grad=True) * 2


def sparse():
    return torch.eye(2).to_sparse()


def huge():
    return torch.zeros(10**9)


def giant_view():
    return torch.ones(1).expand(1 << 31)


def workers():
    return [len(batch) for batch in DataLoader(TensorDataset(torch.ones(4, 1)), num_workers=1)]


def threads():
    torch.set_num_threads(2)
    return float((torch.ones(300, 300) @ torch.ones(300, 300))[0, 0])


@torch.jit.script
def scripted(x: torch.Tensor) -> torch.Tensor:
    return x * 2


def script(x):
    return scripted(torch.tensor(x))


@numba.njit
def total(values):
    result = 0.0
    for value in values:
        result += value
    return result


def compiled(values):
    return total(values)
"""


@pytest.fixture(scope="module")
def session(profile: Profile) -> Iterator[Session]:
    limits = Limits(call_cpu_s=10, session_cpu_s=60, call_wall_s=60)
    with (
        Zygote(profile, ("numpy", "torch", "numba"), spares=0) as zygote,
        zygote.open(SOURCE, limits) as session,
    ):
        yield session


def test_tensors_arrive_as_arrays(session: Session) -> None:
    assert session.call("gradient", [np.ones(2, np.float32)]).tolist() == [2, 2]
    assert session.call("with_gradient").tolist() == [2, 2]
    assert session.call("bfloat16").dtype == np.float32


def test_a_tensor_subclass_arrives_as_what_it_holds(session: Session) -> None:
    assert session.call("liar").tolist() == [0, 1, 2]


def test_compiled_functions_run(session: Session) -> None:
    assert session.call("compiled", [np.ones(3)]) == 3.0
    assert session.call("script", [np.ones(2, np.float32)]).tolist() == [2, 2]


def test_threads_may_be_used(session: Session) -> None:
    assert session.call("threads") == 300


def test_what_cannot_cross_says_what_to_send_instead(session: Session) -> None:
    with pytest.raises(StudentError, match=r"to_dense\(\)"):
        session.call("sparse")
    with pytest.raises(StudentError, match="at most"):
        session.call("giant_view")


def test_too_much_memory_is_called_so(session: Session) -> None:
    with pytest.raises(StudentError) as caught:
        session.call("huge")

    assert caught.value.verdict == "memory_limit"


def test_worker_processes_are_refused(session: Session) -> None:
    with pytest.raises(StudentError) as caught:
        session.call("workers")

    assert caught.value.verdict == "error"
