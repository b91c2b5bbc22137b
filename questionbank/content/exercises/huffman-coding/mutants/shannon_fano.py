# fails: the_message_gets_as_short_as_can_be[longer_than_necessary]
"""Splits the sorted symbols into halves of nearly equal weight, from the top."""

import heapq


def code_lengths(counts):
    used = {symbol: count for symbol, count in counts.items() if count > 0}
    if len(used) == 1:
        return {symbol: 1 for symbol in used}
    falling = sorted(used.items(), key=lambda pair: -pair[1])
    lengths = {}

    def split(part, depth):
        if len(part) == 1:
            lengths[part[0][0]] = depth
            return
        total, before, at = sum(count for _, count in part), 0, 1
        best = total
        for place in range(1, len(part)):
            before += part[place - 1][1]
            if abs(total - 2 * before) < best:
                best, at = abs(total - 2 * before), place
        split(part[:at], depth + 1)
        split(part[at:], depth + 1)

    split(falling, 0)
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
