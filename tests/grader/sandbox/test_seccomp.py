"""The filter's program is run here by a small interpreter of classic BPF, so both architectures are tested on any machine."""

import errno
import functools
import re
import struct
from pathlib import Path

import pytest

from grader.sandbox.harness import seccomp, syscalls

PID = 4711
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


@pytest.fixture(params=sorted(syscalls.ARCHITECTURES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def machine(name: str) -> syscalls.Architecture:
    return syscalls.ARCHITECTURES[name]


def test_every_listed_call_is_allowed(machine: syscalls.Architecture) -> None:
    assert {call: outcome(machine, number) for call, number in machine.allowed.items()} == dict.fromkeys(
        machine.allowed, ALLOW
    )


def test_what_is_not_listed_is_refused(machine: syscalls.Architecture) -> None:
    listed = {*machine.allowed.values(), *machine.judged.values()}

    refused = {outcome(machine, number) for number in range(600) if number not in listed}

    assert refused == {ERRNO | errno.EPERM}


def test_another_entry_of_the_kernel_kills(machine: syscalls.Architecture) -> None:
    i386, arm = 0x40000003, 0x40000028

    assert outcome(machine, machine.allowed["read"], audit=i386) == KILL
    assert outcome(machine, machine.allowed["read"], audit=arm) == KILL
    assert outcome(machine, 0x40000000 + machine.allowed["read"]) == KILL


def test_threads_can_be_made_and_processes_cannot(machine: syscalls.Architecture) -> None:
    clone = machine.judged["clone"]

    assert outcome(machine, clone, 0x003D0F00) == ALLOW  # what pthread_create asks for
    assert outcome(machine, clone, 0x01200011) == ERRNO | errno.EPERM  # fork
    assert outcome(machine, clone, 0x00004111) == ERRNO | errno.EPERM  # vfork
    assert outcome(machine, machine.judged["clone3"]) == ERRNO | errno.ENOSYS


def test_signals_reach_only_the_process_itself(machine: syscalls.Architecture) -> None:
    for call in ("kill", "tgkill"):
        assert outcome(machine, machine.judged[call], PID, 9) == ALLOW
        for other in (1, 0, -1, PID + 1):
            assert outcome(machine, machine.judged[call], other, 9) == ERRNO | errno.EPERM


def test_no_sockets_but_a_pair_of_its_own(machine: syscalls.Architecture) -> None:
    unix, inet = 1, 2

    for family in range(50):
        assert outcome(machine, machine.judged["socket"], family) == ERRNO | errno.EACCES
    assert outcome(machine, machine.judged["socketpair"], unix) == ALLOW
    assert outcome(machine, machine.judged["socketpair"], inet) == ERRNO | errno.EACCES


def test_descriptors_can_be_copied_and_neither_locked_nor_made_to_signal(
    machine: syscalls.Architecture,
) -> None:
    fcntl = machine.judged["fcntl"]
    dup, get_flags, lock, set_owner, set_signal, lease = 0, 3, 6, 8, 10, 1024

    assert {outcome(machine, fcntl, 5, command) for command in (dup, get_flags)} == {ALLOW}
    assert {outcome(machine, fcntl, 5, command) for command in (lock, set_owner, set_signal, lease)} == {
        ERRNO | errno.EPERM
    }


def test_limits_can_be_read_and_not_changed(machine: syscalls.Architecture) -> None:
    prlimit = machine.judged["prlimit64"]

    assert outcome(machine, prlimit, 0, 9, 0, 0x7FFF00001000) == ALLOW
    assert outcome(machine, prlimit, 0, 9, 0x7FFF00001000, 0) == ERRNO | errno.EPERM
    assert outcome(machine, prlimit, 0, 9, 0x100000000, 0) == ERRNO | errno.EPERM  # only the high half is set


def test_other_processes_are_not_even_asked_about(machine: syscalls.Architecture) -> None:
    prlimit = machine.judged["prlimit64"]

    for call in ("sched_getaffinity", "sched_getparam", "sched_getscheduler"):
        assert (
            outcome(machine, machine.judged[call], 0) == outcome(machine, machine.judged[call], PID) == ALLOW
        )
        assert outcome(machine, machine.judged[call], PID + 1) == ERRNO | errno.EPERM
    assert outcome(machine, prlimit, PID, 9) == ALLOW
    assert outcome(machine, prlimit, PID + 1, 9) == ERRNO | errno.EPERM


def test_clocks_of_other_processes_do_not_run_here(machine: syscalls.Architecture) -> None:
    monotonic, thread_cpu = 1, 3
    of_process, of_thread = ~(PID + 1) << 3 | 2, ~(PID + 1) << 3 | 6

    for call in ("clock_gettime", "clock_getres", "clock_nanosleep"):
        for clock in (monotonic, thread_cpu):
            assert outcome(machine, machine.judged[call], clock) == ALLOW
        for clock in (of_process, of_thread):
            assert outcome(machine, machine.judged[call], clock) == ERRNO | errno.EINVAL


def test_advice_about_memory_stays_within_the_process(machine: syscalls.Architecture) -> None:
    madvise = machine.judged["madvise"]
    do_not_need, free, huge_page = 4, 8, 14
    mergeable, cold, page_out = 12, 20, 21

    assert {outcome(machine, madvise, 0, 4096, advice) for advice in (do_not_need, free, huge_page)} == {
        ALLOW
    }
    assert {outcome(machine, madvise, 0, 4096, advice) for advice in (mergeable, cold, page_out)} == {
        ERRNO | errno.EINVAL
    }


def test_only_a_process_itself_wakes_its_threads(machine: syscalls.Architecture) -> None:
    futex, private = machine.judged["futex"], 128

    for operation in range(14):
        assert outcome(machine, futex, 0, operation | private) == ALLOW
        assert outcome(machine, futex, 0, operation) == ERRNO | errno.EAGAIN


def test_both_architectures_allow_the_same() -> None:
    """But for the old forms of calls, which aarch64 never had."""
    x86, arm = (syscalls.ARCHITECTURES[name] for name in ("x86_64", "aarch64"))
    forms = {
        "access": "faccessat", "alarm": "setitimer", "dup2": "dup3", "epoll_wait": "epoll_pwait", "getdents": "getdents64",
        "getpgrp": "getpgid", "lstat": "newfstatat", "mkdir": "mkdirat", "open": "openat", "pause": "ppoll",
        "pipe": "pipe2", "poll": "ppoll", "readlink": "readlinkat", "rename": "renameat", "rmdir": "unlinkat",
        "select": "pselect6", "stat": "newfstatat", "unlink": "unlinkat",
    }  # fmt: skip
    of_x86 = {*x86.allowed, *x86.judged}
    of_arm = {*arm.allowed, *arm.judged}

    assert {forms.get(name, name) for name in of_x86} - of_arm == {
        "arch_prctl"
    }  # of x86 alone: thread-local storage
    assert of_arm - of_x86 == {"getpgid", "renameat2"}  # what rename() and getpgrp() are made of there


def test_a_process_may_be_renamed_and_nothing_more(machine: syscalls.Architecture) -> None:
    set_name, set_dumpable, set_seccomp = 15, 4, 22

    assert outcome(machine, machine.judged["prctl"], set_name) == ALLOW
    assert outcome(machine, machine.judged["prctl"], set_dumpable) == ERRNO | errno.EPERM
    assert outcome(machine, machine.judged["prctl"], set_seccomp) == ERRNO | errno.EPERM


def test_no_number_stands_twice(machine: syscalls.Architecture) -> None:
    numbers = [*machine.allowed.values(), *machine.judged.values(), *machine.setup.values()]

    assert len(numbers) == len(set(numbers))


def test_the_numbers_are_the_kernels(name: str, machine: syscalls.Architecture) -> None:
    header = HEADERS[name]
    if not header.exists():
        pytest.skip(f"the kernel's headers are not installed: {header}")
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text())
    kernels = {call: int(number) for call, number in found}
    renamed = {"newfstatat": "fstatat"} if name == "aarch64" else {}

    ours = machine.allowed | machine.judged | machine.setup

    assert ours == {call: kernels.get(call, kernels.get(renamed.get(call, call))) for call in ours}


def test_the_program_ends_within_its_own_length(machine: syscalls.Architecture) -> None:
    steps = _steps(machine.audit)
    most_the_kernel_takes = 4096

    assert all(
        at + 1 + max(step[1], step[2]) < len(steps) for at, step in enumerate(steps) if step[0] != 0x06
    )
    assert len(steps) < most_the_kernel_takes


def outcome(machine: syscalls.Architecture, number: int, *arguments: int, audit: int | None = None) -> int:
    """What the filter says to one call."""
    padded = [argument % (1 << 64) for argument in (*arguments, *[0] * (6 - len(arguments)))]
    data = struct.pack("<IIQ6Q", number, machine.audit if audit is None else audit, 0, *padded)
    program = _steps(machine.audit)
    at = accumulator = 0
    while True:
        code, if_true, if_false, operand = program[at]
        at += 1
        if code == 0x06:
            return int(operand)
        if code == 0x20:
            accumulator = struct.unpack_from("<I", data, operand)[0]
            continue
        holds = {
            0x15: accumulator == operand,
            0x35: accumulator >= operand,
            0x45: bool(accumulator & operand),
        }[code]
        at += if_true if holds else if_false


@functools.cache
def _steps(audit: int) -> list[tuple[int, int, int, int]]:
    machine = next(machine for machine in syscalls.ARCHITECTURES.values() if machine.audit == audit)
    return list(struct.iter_unpack("<HBBI", seccomp.build_filter(machine, PID)))
