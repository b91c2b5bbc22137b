"""Questions to their file: the one canonical text of a question, so that files live well in git.

The same question is always the same bytes, and reading what was written gives the same question. Fields stand in one
order; languages with the source first; a text of several lines is a literal block, a long one of one line is broken
after its sentences only, so that a corrected sentence changes its own line.

What a new item type adds to the file is one row of `question_fields.FIELDS`, and of `TEXT_FIELDS` where it has texts.
"""

from questionbank.formats.writing.question_fields import mapping_of
from questionbank.formats.writing.question_text import write_file, write_question

__all__ = ["mapping_of", "write_file", "write_question"]
