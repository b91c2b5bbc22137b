"""What one session may use."""

from dataclasses import dataclass

from grader.sandbox.harness.tmp_sizes import TMP_BYTES, TMP_FILES


@dataclass(frozen=True, kw_only=True)
class Limits:
    call_cpu_s: float = 2.0  #: of all threads together, read from outside; loading the file is one call
    session_cpu_s: float = 10.0
    call_wall_s: float = 8.0  #: a safety net for code that waits; waiting for a core does not count
    longest_wall_s: float = 30.0  #: of a call, however long others have the cores
    memory_bytes: int = 512 << 20  #: on top of what the libraries take
    tmp_bytes: int = TMP_BYTES  #: of its private folder for temporary files, which only profile A has
    tmp_files: int = TMP_FILES
    reply_bytes: int = 16 << 20
    reply_items: int = 200_000  #: values in one answer, containers included; an array is one value
    log_bytes: int = 64 << 10  #: of printed text kept; 64 times as much ends the session
    questions: int = 10_000  #: to judge functions, per call
