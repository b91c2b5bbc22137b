"""How a call can end without a value. Each says whose turn it is:

StudentError    the student's: the function raised, or returned something that is not a plain value; the session goes on
SessionEnded    the student's: a limit, a crash, a broken channel; open another session for the next check
SystemFailure   ours: before the child was locked down, or the zygote died; try again, never charge the student
SandboxRefused  the operator's: this machine cannot run student code safely; says what is missing and how to get it
"""


class StudentError(Exception):
    def __init__(self, kind: str, text: str, line: int | None, file: str = "") -> None:
        super().__init__(f"{kind}: {text}" + (f" ({f'{file}, ' if file else ''}line {line})" if line else ""))
        self.kind = kind  #: the exception's class name; or MissingFunction, UnsupportedValue
        self.text = text
        self.line = line  #: when known
        self.file = file  #: one of the upload's further files; empty: the main one

    @property
    def verdict(self) -> str:
        return "memory_limit" if self.kind == "MemoryError" else "error"


class SessionEnded(Exception):
    def __init__(self, verdict: str, detail: str = "") -> None:
        super().__init__(f"{verdict}: {detail}" if detail else verdict)
        self.verdict = verdict
        self.detail = detail
        self.starved = False  #: ended by the clock, while others had the cores


class SystemFailure(Exception):
    pass


class SandboxRefused(Exception):
    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("Student code cannot run on this machine. " + " ".join(missing))
        self.missing = missing  #: one sentence each: what is missing, and its remedy
