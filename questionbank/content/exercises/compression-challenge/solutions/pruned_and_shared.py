# reaches: the_file_and_its_program_are_small>=0.4
"""Deep Compression without its training: weights that inputs hardly see are pruned, the others share 9 values found by
k-means, gaps and indices get Huffman codes. What pruning takes from a unit on average goes into its bias."""

import heapq
import io
import struct
from collections import Counter

import numpy as np

KEPT, KEPT_LAST, SHARED, LONGEST = 0.28, 0.7, 9, 31


def compress(weights, images):
    out, x = io.BytesIO(), images.astype(np.float64)
    for layer in (1, 2, 3):
        w, bias = weights[f"ip{layer}.weight"], weights[f"ip{layer}.bias"]
        seen = np.abs(w) * np.sqrt((x * x).mean(axis=0))
        mask = (seen >= np.quantile(seen, 1 - (KEPT if layer < 3 else KEPT_LAST))) & (w != 0)
        codebook, codes = np.zeros(SHARED, np.float32), np.zeros(w.shape, np.uint8)
        if mask.any():
            codebook, indices = share(w[mask].astype(np.float64))
            codes[mask] = indices + 1
        restored = np.append(np.float32(0), codebook)[codes]
        bias = bias + x.mean(axis=0) @ (w - restored).T
        x = np.maximum(x @ restored.T + bias, 0)
        gaps, values = apart(codes.ravel())
        out.write(struct.pack("<HHI", *w.shape, len(gaps)) + codebook.astype("<f2").tobytes())
        out.write(bias.astype("<f2").tobytes() + huffman(gaps, LONGEST + 1) + huffman(values, SHARED + 1))
    return out.getvalue()


def decompress(data):
    weights, at = {}, 0
    for layer in (1, 2, 3):
        rows, columns, count = struct.unpack_from("<HHI", data, at)
        codebook = np.append(np.float32(0), np.frombuffer(data, "<f2", SHARED, at + 8).astype(np.float32))
        bias = np.frombuffer(data, "<f2", rows, at + 8 + 2 * SHARED).astype(np.float32)
        gaps, at = read_huffman(data, at + 8 + 2 * SHARED + 2 * rows, LONGEST + 1, count)
        values, at = read_huffman(data, at, SHARED + 1, count)
        flat = np.zeros(rows * columns, np.float32)
        flat[np.cumsum(np.array(gaps, int) + 1) - 1] = codebook[values]
        weights[f"ip{layer}.weight"], weights[f"ip{layer}.bias"] = flat.reshape(rows, columns), bias
    return weights


def share(values):
    codebook = np.quantile(values, np.linspace(0, 1, SHARED))
    for _ in range(12):
        indices = np.searchsorted((codebook[1:] + codebook[:-1]) / 2, values)
        counts = np.bincount(indices, minlength=SHARED)
        sums = np.bincount(indices, weights=values, minlength=SHARED)
        codebook = np.sort(np.where(counts > 0, sums / np.maximum(counts, 1), codebook))
    codebook = codebook.astype(np.float16).astype(np.float32)
    return codebook, np.searchsorted((codebook[1:] + codebook[:-1]) / 2, values)


def apart(codes):
    """How many zeros stand before each value; where there are too many for a gap, a zero is stored as well."""
    gaps, values, last = [], [], -1
    for place in np.flatnonzero(codes).tolist():
        while place - last - 1 > LONGEST:
            gaps.append(LONGEST)
            values.append(0)
            last += LONGEST + 1
        gaps.append(place - last - 1)
        values.append(int(codes[place]))
        last = place
    return gaps, values


def huffman(symbols, kinds):
    lengths = code_lengths(Counter(symbols), kinds)
    bits = "".join(map(canonical(lengths).__getitem__, symbols))
    stream = int("1" + bits, 2).to_bytes(len(bits) // 8 + 1, "big")
    return bytes(lengths) + len(stream).to_bytes(4, "little") + stream


def read_huffman(data, at, kinds, count):
    symbol_of = {word: i for i, word in canonical(data[at : at + kinds]).items()}
    start = at + kinds + 4
    end = start + int.from_bytes(data[start - 4 : start], "little")
    symbols, word = [], ""
    for bit in bin(int.from_bytes(data[start:end], "big"))[3:]:
        word += bit
        if word in symbol_of:
            symbols.append(symbol_of[word])
            word = ""
    return symbols[:count], end


def code_lengths(counts, kinds):
    lengths = [0] * kinds
    heap = [(count, i, [i]) for i, count in counts.items()]
    if len(heap) == 1:
        lengths[heap[0][1]] = 1
    heapq.heapify(heap)
    while len(heap) > 1:
        (a, i, left), (b, _, right) = heapq.heappop(heap), heapq.heappop(heap)
        for symbol in left + right:
            lengths[symbol] += 1
        heapq.heappush(heap, (a + b, i, left + right))
    return lengths


def canonical(lengths):
    codes, code, before = {}, 0, 0
    for length, i in sorted((length, i) for i, length in enumerate(lengths) if length):
        code <<= length - before
        codes[i] = format(code, f"0{length}b")
        code, before = code + 1, length
    return codes
