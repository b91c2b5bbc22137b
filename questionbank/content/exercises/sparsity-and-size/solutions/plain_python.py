"""Loops over lists; bits are found by doubling."""


def sparsity(w):
    values = w.ravel().tolist()
    zeros = 0
    for value in values:
        if value == 0:
            zeros += 1
    return zeros / max(len(values), 1)


def position_bits(n):
    bits = 0
    while 2**bits < n:
        bits += 1
    return bits


def size_bits(n, nnz, bits, index_bits):
    dense = bits * n
    sparse = bits * nnz + index_bits * nnz
    if sparse < dense:
        return sparse
    return dense


def break_even_sparsity(bits, index_bits):
    return 1 - bits / (bits + index_bits)
