"""Checking a whole bank takes seconds, and so does publishing it: the one goes on beside the other."""

from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection

from questionbank.bank import Bank, DrawnBank
from questionbank.findings import Finding
from questionbank.linting import lint

#: Fewer questions are checked sooner than a process is made.
WORTH_A_PROCESS = 25


def lint_beside(bank: Bank, drawn: DrawnBank, languages: Sequence[str]) -> Callable[[], list[Finding]]:
    """Begins at once, in a process of its own; what is returned waits for the findings."""
    if len(drawn.questions) < WORTH_A_PROCESS:
        findings = lint(bank, drawn, languages)
        return lambda: findings
    context = get_context("fork")  # it sees what was read and drawn; nothing is sent but the findings
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, bank, drawn, languages), daemon=True)
    process.start()
    sender.close()

    def wait() -> list[Finding]:
        try:
            found: list[Finding] = receiver.recv()
        except EOFError:
            process.join()
            raise RuntimeError(f"the process that checks the bank ended with {process.exitcode}") from None
        process.join()
        return found

    return wait


def _send(sender: Connection, bank: Bank, drawn: DrawnBank, languages: Sequence[str]) -> None:
    sender.send(lint(bank, drawn, languages))
