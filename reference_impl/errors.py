"""What callers may do wrong, as a tree.

CompressionError            a ValueError, so that `except ValueError` still works
  NotFinite                 NaN or infinity where numbers are needed
  EmptyInput                nothing to compute from
  WrongDtype                a dtype the function is not defined for
  OutOfRange                bits, sparsity, number of clusters, probability ... outside what is possible
  CorruptData               bytes that no encoder of ours has written
  NotAvailable              a data set, or a program or library to get it, that this machine lacks
"""


class CompressionError(ValueError):
    """Base of all errors of this library."""


class NotFinite(CompressionError):
    """NaN or infinity where numbers are needed."""


class EmptyInput(CompressionError):
    """Nothing to compute from."""


class WrongDtype(CompressionError):
    """A dtype the function is not defined for."""


class OutOfRange(CompressionError):
    """A parameter outside what is possible."""


class CorruptData(CompressionError):
    """Bytes that no encoder of this library has written."""


class NotAvailable(CompressionError):
    """A data set, or a program or library to get it, that this machine lacks; the sentence says how to get it."""
