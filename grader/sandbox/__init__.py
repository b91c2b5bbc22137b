"""Run a learner's code where it can do nothing but compute: plain values in, plain values out.

Names that need Linux are loaded when they are first asked for: a judge can also run where no sandbox is possible.
"""

import importlib
from typing import TYPE_CHECKING, Any

from grader.sandbox.errors import SandboxRefused, SessionEnded, StudentError, SystemFailure
from grader.sandbox.harness import wire
from grader.sandbox.harness.wire import JudgeFunction, Ref, WireError
from grader.sandbox.limits import Limits
from grader.sandbox.session import Session, Wall

if TYPE_CHECKING:
    from grader.sandbox.launch import Profile
    from grader.sandbox.profiles import Machine, choose_profile
    from grader.sandbox.zygote import Zygote

__all__ = [
    "JudgeFunction",
    "Limits",
    "Machine",
    "Profile",
    "Ref",
    "SandboxRefused",
    "Session",
    "SessionEnded",
    "StudentError",
    "SystemFailure",
    "Wall",
    "WireError",
    "Zygote",
    "choose_profile",
    "wire",
]

_OF_LINUX = {"Profile": "launch", "Machine": "profiles", "choose_profile": "profiles", "Zygote": "zygote"}


def __getattr__(name: str) -> Any:
    if name not in _OF_LINUX:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"grader.sandbox.{_OF_LINUX[name]}"), name)
