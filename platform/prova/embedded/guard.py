"""The process the operator started. It does nothing but wait, so that even a SIGKILL of the supervisor leaves nothing behind:
orphans become its children, and it ends them. If the guard itself is killed, the supervisor gets SIGTERM and stops in order."""

import os
import signal
import sys
import traceback
from collections.abc import Callable

from prova.embedded import processes
from prova.embedded.refusal import Refusal

_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def guarded(supervise: Callable[[], int]) -> int:
    """Runs ``supervise`` in a child; returns its exit code, with no descendant left."""
    processes.adopt_orphans()
    guard = os.getpid()
    sys.stdout.flush()
    supervisor = os.fork()
    if supervisor == 0:
        processes.die_with(guard, signal.SIGTERM)
        _run(supervise)
    for number in _FORWARDED:
        signal.signal(number, lambda number, frame: processes.send(supervisor, number))
    status = os.waitpid(supervisor, 0)[1]
    stuck = processes.end_descendants(grace_s=5.0)
    if stuck:
        print(f"Processes that would not end: {', '.join(map(str, sorted(stuck)))}.", file=sys.stderr)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        print(
            f"The supervisor was ended by {signal.Signals(-code).name}; everything it started was ended too.",
            file=sys.stderr,
        )
        return 128 - code
    return code


def _run(supervise: Callable[[], int]) -> None:
    """Never returns: the copied stack above belongs to the guard."""
    code = 1
    try:
        code = supervise()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
