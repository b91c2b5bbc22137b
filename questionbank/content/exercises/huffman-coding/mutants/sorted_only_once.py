# fails: the_message_gets_as_short_as_can_be[sorted_only_once]
"""A queue instead of a heap: sums go to its end."""

import heapq


def code_lengths(counts):
    used = {symbol: count for symbol, count in counts.items() if count > 0}
    if len(used) == 1:
        return {symbol: 1 for symbol in used}
    lengths = dict.fromkeys(used, 0)
    heap = [(count, number, [symbol]) for number, (symbol, count) in enumerate(used.items())]
    heap.sort()
    while len(heap) > 1:
        first, number, left = heap.pop(0)
        second, _, right = heap.pop(0)
        for symbol in left + right:
            lengths[symbol] += 1
        heap.append((first + second, number, left + right))
    return lengths


def canonical_codes(lengths):
    codes = {}
    code = previous = 0
    for symbol in sorted(lengths, key=lambda symbol: (lengths[symbol], symbol)):
        length = lengths[symbol]
        code <<= length - previous
        codes[symbol] = format(code, f"0{length}b")
        code, previous = code + 1, length
    return codes


def encode(symbols, codes):
    return "".join(codes[symbol] for symbol in symbols)


def decode(bits, codes):
    symbol_of = {word: symbol for symbol, word in codes.items()}
    symbols, word = [], ""
    for bit in bits:
        word += bit
        if word in symbol_of:
            symbols.append(symbol_of[word])
            word = ""
    return symbols
