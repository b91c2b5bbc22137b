"""Python source by its look, without parsing: what is code, what is a string or a comment. Pure, linear in time.

Parsers have stacks that end, and a learner's file is compiled in the sandbox only.
"""

import re

#: A string that does not end runs on, and one on one line ends with it: after the longest way through an alternative its
#: end always follows, so nothing is looked at twice. (Possessive groups would say so, but do not work before Python 3.11.5.)
STRING_OR_COMMENT = r"""
    \#[^\n]*
  | "{3}(?:[^"\\]+|\\.|"(?!""))*(?:"{3}|\\?\Z)
  | '{3}(?:[^'\\]+|\\.|'(?!''))*(?:'{3}|\\?\Z)
  | "(?:[^"\\\n]+|\\.)*(?:"|(?=\n)|\\?\Z)
  | '(?:[^'\\\n]+|\\.)*(?:'|(?=\n)|\\?\Z)
"""
_STRING_OR_COMMENT = re.compile(STRING_OR_COMMENT, re.VERBOSE | re.DOTALL)
_NOT_A_NEW_LINE = re.compile(r"[^\n]")


def code_only(source: str) -> str:
    """Strings and comments as blanks: every character stands where it stood."""
    return _STRING_OR_COMMENT.sub(lambda found: _NOT_A_NEW_LINE.sub(" ", found[0]), source)
