"""Deep Compression without its training: k-means with 16 shared weights a layer, and a canonical Huffman code for the indices."""

import heapq
import io
import struct

import numpy as np

SHARED = 16


def compress(weights):
    out = io.BytesIO()
    out.write(bytes([len(weights)]))
    for name, w in weights.items():
        text = name.encode()
        out.write(struct.pack(f"<BB{len(text)}s{w.ndim}I", w.ndim, len(text), text, *w.shape))
        if w.size <= 4 * SHARED:
            out.write(w.astype("<f2").tobytes())
            continue
        codebook, indices = share(w.ravel().astype(np.float64))
        lengths = code_lengths(np.bincount(indices, minlength=SHARED).tolist())
        codes = canonical(lengths)
        bits = "".join(map(codes.__getitem__, indices.tolist()))
        stream = int("1" + bits, 2).to_bytes(len(bits) // 8 + 1, "big")
        out.write(codebook.astype("<f4").tobytes() + bytes(lengths) + len(stream).to_bytes(4, "little") + stream)
    return out.getvalue()


def decompress(data):
    weights, at = {}, 1
    for _ in range(data[0]):
        ndim, length = data[at], data[at + 1]
        name, at = data[at + 2 : at + 2 + length].decode(), at + 2 + length
        shape, at = struct.unpack_from(f"<{ndim}I", data, at), at + 4 * ndim
        count = int(np.prod(shape))
        if count <= 4 * SHARED:
            values = np.frombuffer(data, "<f2", count, at)
            at += values.nbytes
        else:
            codebook, at = np.frombuffer(data, "<f4", SHARED, at), at + 4 * SHARED
            symbol_of = {word: i for i, word in canonical(list(data[at : at + SHARED])).items()}
            at += SHARED
            size, at = int.from_bytes(data[at : at + 4], "little"), at + 4
            bits, indices, word = bin(int.from_bytes(data[at : at + size], "big"))[3:], [], ""
            at += size
            for bit in bits:
                word += bit
                if word in symbol_of:
                    indices.append(symbol_of[word])
                    word = ""
            values = codebook[indices]
        weights[name] = values.astype(np.float32).reshape(shape)
    return weights


def share(values):
    codebook = np.linspace(values.min(), values.max(), SHARED)
    for _ in range(30):
        indices = np.searchsorted((codebook[1:] + codebook[:-1]) / 2, values)
        counts = np.bincount(indices, minlength=SHARED)
        sums = np.bincount(indices, weights=values, minlength=SHARED)
        codebook = np.sort(np.where(counts > 0, sums / np.maximum(counts, 1), codebook))
    return codebook, np.searchsorted((codebook[1:] + codebook[:-1]) / 2, values)


def code_lengths(counts):
    lengths = [0] * len(counts)
    heap = [(count, i, [i]) for i, count in enumerate(counts) if count]
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
