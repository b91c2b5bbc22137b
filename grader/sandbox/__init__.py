"""Run a learner's code where it can do nothing but compute: plain values in, plain values out."""

from grader.sandbox.errors import SandboxRefused, SessionEnded, StudentError, SystemFailure
from grader.sandbox.harness import wire
from grader.sandbox.harness.wire import JudgeFunction, Ref, WireError
from grader.sandbox.launch import Profile
from grader.sandbox.limits import Limits
from grader.sandbox.profiles import Machine, choose_profile
from grader.sandbox.session import Session, Wall
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
