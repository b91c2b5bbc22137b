"""Van Leeuwen's two queues on sorted counts, parents instead of trees; codewords as fractions of one; a regular expression decodes."""

import re
from collections import deque
from fractions import Fraction


def code_lengths(counts):
    order = sorted((count, symbol) for symbol, count in counts.items() if count != 0)
    weights = [count for count, _ in order]
    leaves, merged, parent = deque(range(len(order))), deque(), {}

    def lightest():
        if not merged or (leaves and weights[leaves[0]] <= weights[merged[0]]):
            return leaves.popleft()
        return merged.popleft()

    while len(leaves) + len(merged) > 1:
        one, two = lightest(), lightest()
        parent[one] = parent[two] = len(weights)
        merged.append(len(weights))
        weights.append(weights[one] + weights[two])
    depth = [0] * len(weights)
    for node in reversed(range(len(weights) - 1)):
        depth[node] = depth[parent[node]] + 1
    return {symbol: max(depth[i], 1) for i, (_, symbol) in enumerate(order)}


def canonical_codes(lengths):
    start, codes = Fraction(0), {}
    for length, symbol in sorted((length, symbol) for symbol, length in lengths.items()):
        codes[symbol] = str(10**length + int(bin(int(start * 2**length))[2:]))[1:]
        start += Fraction(1, 2**length)
    return codes


def encode(symbols, codes):
    return "".join(map(codes.__getitem__, symbols))


def decode(bits, codes):
    symbol_of = {word: symbol for symbol, word in codes.items()}
    return [symbol_of[word] for word in re.findall("|".join(codes.values()), bits)]
