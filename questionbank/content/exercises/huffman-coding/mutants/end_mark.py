# fails: the_message_gets_as_short_as_can_be[end_mark_in_the_tree]
"""A library's end mark takes part in the tree."""

import heapq


def code_lengths(counts):
    used = {symbol: count for symbol, count in counts.items() if count > 0}
    end = max(used) + 1
    used[end] = 1
    lengths = dict.fromkeys(used, 0)
    heap = [(count, number, [symbol]) for number, (symbol, count) in enumerate(used.items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        first, number, left = heapq.heappop(heap)
        second, _, right = heapq.heappop(heap)
        for symbol in left + right:
            lengths[symbol] += 1
        heapq.heappush(heap, (first + second, number, left + right))
    del lengths[end]
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
