"""What became of the bytes that somebody handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.errors import BadSubmission
from grader.report import Message

MAX_UPLOAD_BYTES = 2 << 20  #: of an archive or a notebook as it comes
MAX_SOURCE_BYTES = 256 << 10  #: of all Python source together, whatever an exercise says


@dataclass(frozen=True, kw_only=True)
class Upload:
    source: str  #: the main file; the cells of a notebook, one after the other
    modules: Mapping[str, str] = field(default_factory=dict)  #: further files: dotted module name -> source
    file_name: str = ""  #: of what was uploaded, cleaned; empty: typed into a page
    main: str = ""  #: name of the main file, cleaned
    notices: tuple[Message, ...] = ()  #: what the person should know about the reading
    cells: tuple[int, ...] = ()  #: of a notebook: the line of `source` on which each code cell starts, from 1

    @property
    def file_of_lines(self) -> str:
        """The name to say with a line of the main file: none where there is only one."""
        return self.main if self.modules else ""


class UploadRefused(BadSubmission):
    """The learner's turn; `message` says what is wrong and what to do. `grader.messages` makes it a sentence."""

    def __init__(self, key: str, **params: str | int) -> None:
        super().__init__(key)
        self.message = Message(key=f"upload_{key}", params=params)
        self.code = key  #: for programs
