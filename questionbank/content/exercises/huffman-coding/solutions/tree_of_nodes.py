"""A tree of nodes made with a heap, walked for the depths; decoding walks a tree of the codewords."""

import heapq
import itertools


class Node:
    def __init__(self, count, symbol=None, left=None, right=None):
        self.count, self.symbol, self.left, self.right = count, symbol, left, right


def code_lengths(counts):
    number = itertools.count()
    heap = [(count, next(number), Node(count, symbol)) for symbol, count in counts.items() if count]
    heapq.heapify(heap)
    while len(heap) > 1:
        _, _, one = heapq.heappop(heap)
        _, _, two = heapq.heappop(heap)
        both = Node(one.count + two.count, None, one, two)
        heapq.heappush(heap, (both.count, next(number), both))
    root = heap[0][2]
    if root.symbol is not None:
        return {root.symbol: 1}
    lengths, waiting = {}, [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if node.symbol is not None:
            lengths[node.symbol] = depth
        else:
            waiting += [(node.left, depth + 1), (node.right, depth + 1)]
    return lengths


def canonical_codes(lengths):
    """RFC 1951: how many of each length, then the first code of each length."""
    longest = max(lengths.values())
    how_many = [0] * (longest + 1)
    for length in lengths.values():
        how_many[length] += 1
    following, code = [0] * (longest + 1), 0
    for length in range(1, longest + 1):
        code = (code + how_many[length - 1]) * 2
        following[length] = code
    codes = {}
    for symbol in sorted(lengths):
        length = lengths[symbol]
        codes[symbol] = bin(following[length])[2:].zfill(length)
        following[length] += 1
    return codes


def encode(symbols, codes):
    bits = ""
    for symbol in symbols:
        bits += codes[symbol]
    return bits


def decode(bits, codes):
    tree = {}
    for symbol, word in codes.items():
        node = tree
        for bit in word[:-1]:
            node = node.setdefault(bit, {})
        node[word[-1]] = symbol
    symbols, node = [], tree
    for bit in bits:
        node = node[bit]
        if not isinstance(node, dict):
            symbols.append(node)
            node = tree
    return symbols
