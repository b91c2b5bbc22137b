"""What a notebook understands and Python does not: %magics, !shell lines and help?, turned into comments."""

import re
from dataclasses import dataclass

from grader.code_text import end_of_literal

#: cell magics whose cell is Python all the same
_PYTHON_CELLS = {"capture", "time", "timeit", "prun"}
_CELL_MAGIC = re.compile(r"\s*%%([A-Za-z_]\w*)?")
#: at the start of a statement; none of these is Python
_MAGIC = re.compile(
    r"""[ \t]*(?: [%!?]                                          # %matplotlib inline, !pip install, ?help
          | [A-Za-z_][\w., \t\[\]]*=[ \t]*[%!][ \t]*[A-Za-z_./]  # files = !ls
          | [A-Za-z_][\w.]*\?{1,2}[ \t]*(?:\n|\Z) )              # help?""",
    re.VERBOSE,
)
#: what decides where a statement ends
_TOKEN = re.compile(r"""\\\n | [\[({] | [\])}] | \n | ["'\#]""", re.VERBOSE)


@dataclass(frozen=True, kw_only=True)
class PlainCell:
    text: str  #: as many lines as before, so that line numbers stay
    commented_lines: int = 0
    is_left_out: bool = False  #: all of it is a comment: the cell is in another language


def without_magics(cell: str) -> PlainCell:
    if magic := _CELL_MAGIC.match(cell):
        lines = cell.split("\n")
        if magic[1] not in _PYTHON_CELLS:
            return PlainCell(text="\n".join(f"# {line}" for line in lines), is_left_out=True)
        first = cell[: magic.end()].count("\n")
        rest = _statement_by_statement("\n".join(lines[first + 1 :]))
        text = "\n".join([*lines[:first], _comment(lines[first]), rest.text])
        return PlainCell(text=text, commented_lines=rest.commented_lines + 1)
    return _statement_by_statement(cell)


def _statement_by_statement(cell: str) -> PlainCell:
    pieces, position, count = [], 0, 0
    while position < len(cell):
        is_magic = _MAGIC.match(cell, position) is not None
        end = _end_of_command(cell, position) if is_magic else _end_of_statement(cell, position)
        piece = cell[position:end]
        if is_magic:
            count += 1
            lines = piece.removesuffix("\n")
            piece = "\n".join(map(_comment, lines.split("\n"))) + piece[len(lines) :]
        pieces.append(piece)
        position = end
    return PlainCell(text="".join(pieces), commented_lines=count)


def _comment(line: str) -> str:
    """An indented one may be all that its block has: then the block needs something to do."""
    if not line.strip():
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}pass  # {line.lstrip()}" if indent else f"# {line}"


def _end_of_command(cell: str, position: int) -> int:
    """After its line, or after the lines that a backslash adds."""
    while True:
        end = cell.find("\n", position)
        if end < 0:
            return len(cell)
        if not cell.endswith("\\", position, end):
            return end + 1
        position = end + 1


def _end_of_statement(cell: str, position: int) -> int:
    """After the first end of line that is in no bracket and in no string."""
    depth = 0
    while found := _TOKEN.search(cell, position):
        token, position = found[0], found.end()
        if token in "\"'#":
            position = end_of_literal(cell, found.start())
        elif token == "\n" and depth <= 0:
            return position
        else:
            depth += (token in "[({") - (token in "])}")
    return len(cell)
