def code_lengths(counts):
    """Return symbol -> bits of its codeword, for the symbols that occur, so that the coded message is as short as can be."""
    raise NotImplementedError


def canonical_codes(lengths):
    """Return symbol -> codeword, a text of 0 and 1 with the given number of bits: the canonical code."""
    raise NotImplementedError


def encode(symbols, codes):
    """Return the codewords of the symbols, one behind the other, as one text of 0 and 1."""
    raise NotImplementedError


def decode(bits, codes):
    """Return the list of symbols that encode(symbols, codes) made these bits of."""
    raise NotImplementedError
