"""What a correct Huffman coder does. Many trees are optimal where counts tie, so lengths are judged by what must hold:
a prefix code has them, and no code makes the message shorter. Canonical codewords follow from the lengths: one answer."""

from collections import Counter
from math import ceil, log2

from grader import expect, pictures
from grader.checks import check, given
from grader.strategies import integers, lists, sampled_from
from reference_impl import entropy_coding

SYMBOLS = integers(0, 40)


def counts_of(min_size, max_size, most=40):
    """Symbol -> count, in any order of the symbols."""
    pairs = lists(
        integers(0, 40 * most - 1).map(lambda number: (number // most, number % most + 1)),
        min_size=min_size,
        max_size=max_size,
        unique_by=lambda pair: pair[0],
    )
    return pairs.map(dict)


def right_lengths(counts):
    """The reference's, one of several that are optimal."""
    used = {symbol: count for symbol, count in counts.items() if count}
    return dict(zip(used, entropy_coding.code_lengths(used.values()), strict=True))


def right_codes(lengths):
    """The reference's; it takes symbols as the places in a list."""
    symbols = sorted(lengths)
    words = entropy_coding.codewords([lengths[symbol] for symbol in symbols])
    return dict(zip(symbols, words, strict=True))


def coded_bits(counts, lengths):
    return sum(counts[symbol] * length for symbol, length in lengths.items())


# ---------------------------------------------------------------- code_lengths: how they go wrong


def merged_in_a_queue(counts):
    """Sorted once; sums go to the end of the row, where they are out of order."""
    row = [(count, [symbol]) for count, symbol in sorted((count, symbol) for symbol, count in counts.items())]
    lengths = dict.fromkeys(counts, 0)
    while len(row) > 1:
        (first, left), (second, right), *row = row
        for symbol in left + right:
            lengths[symbol] += 1
        row.append((first + second, left + right))
    return lengths


def in_a_chain(counts):
    """1, 2, 3, ... bits by falling count: every merge takes the sum before."""
    falling = sorted(counts, key=lambda symbol: -counts[symbol])
    return {symbol: min(place + 1, len(counts) - 1) for place, symbol in enumerate(falling)}


def of_information(counts):
    """Shannon's lengths: the information of a symbol, rounded up."""
    total = sum(counts.values())
    return {symbol: max(1, ceil(log2(total / count) - 1e-9)) for symbol, count in counts.items()}


def with_an_end_mark(counts):
    """As libraries do that code one more symbol, to know where the message ends."""
    end = max(counts) + 1
    return {symbol: bits for symbol, bits in right_lengths({**counts, end: 1}).items() if symbol != end}


def wrong_lengths(counts):
    right = right_lengths(counts)
    most = max(counts.values())
    return {
        "all_of_one_length": dict.fromkeys(counts, max(1, ceil(log2(len(counts))))),
        "depth_of_the_root_is_one": {symbol: length + 1 for symbol, length in right.items()},
        "frequent_ones_longest": right_lengths(
            {symbol: most + 1 - count for symbol, count in counts.items()}
        ),
        "sorted_only_once": merged_in_a_queue(counts),
        "always_in_a_chain": in_a_chain(counts),
        "information_rounded_up": of_information(counts),
        "end_mark_in_the_tree": with_an_end_mark(counts),
    }


def lengths_of(got, counts):
    """What came back, as far as it gives every symbol that occurs a whole number of bits."""
    expect.that(isinstance(got, dict), "lengths_not_a_dict", got=got)
    missing = [symbol for symbol, count in counts.items() if count and symbol not in got]
    expect.that(not missing, "symbol_without_length", got=got, symbol=missing[0] if missing else 0)
    foreign = [symbol for symbol in got if not counts.get(symbol)]
    expect.that(
        not foreign,
        "symbol_that_never_occurs",
        got=got,
        expected=right_lengths(counts),
        symbol=str(foreign[0]) if foreign else "",
    )
    lengths = {symbol: expect.whole_number(length, key="bits_not_whole") for symbol, length in got.items()}
    expect.that(min(lengths.values()) > 0, "codeword_of_no_bits", got=lengths)
    return lengths


def optimal(got, counts):
    """The lengths, as far as a prefix code has them and none is shorter; mistakes are told by the size they give."""
    lengths = lengths_of(got, counts)
    picture = pictures.code_lengths(
        {symbol: count / sum(counts.values()) for symbol, count in counts.items() if count}, lengths
    )
    ordered = [min(lengths[symbol], 2**16) for symbol in lengths]
    expect.that(
        entropy_coding.kraft_sum(ordered) <= 1,
        "no_prefix_code",
        got=lengths,
        kraft_sum=round(float(entropy_coding.kraft_sum(ordered)), 4),
        picture=picture,
    )
    best = right_lengths(counts)
    bits, best_bits = coded_bits(counts, lengths), coded_bits(counts, best)
    if bits == best_bits:
        return
    used = {symbol: count for symbol, count in counts.items() if count}
    slips = {key: wrong for key, wrong in wrong_lengths(used).items() if coded_bits(used, wrong) == bits}
    if len(used) < len(counts):  # a symbol that never occurs, left in the tree, looks like an end mark
        slips.pop("end_mark_in_the_tree", None)
    if slips:
        expect.equal(lengths, best, slips=lambda: dict.fromkeys(slips, lengths), picture=picture)
    expect.that(
        False,
        "longer_than_necessary",
        got=lengths,
        expected=best,
        bits=bits,
        best_bits=best_bits,
        picture=picture,
    )


@check(points=3)
@given(counts=counts_of(2, 7))
def the_message_gets_as_short_as_can_be(solution, counts):
    optimal(solution.code_lengths(counts), counts)


@check(points=1)
@given(symbol=SYMBOLS, count=integers(1, 9))
def the_only_symbol_gets_one_bit(solution, symbol, count):
    got = solution.code_lengths({symbol: count})
    expect.equal(got, {symbol: 1}, slips=lambda: {"only_symbol_of_no_bits": {symbol: 0}})


@check(points=1)
@given(counts=counts_of(2, 5, most=12), absent=lists(integers(41, 60), min_size=1, max_size=3, unique=True))
def symbols_that_never_occur_get_no_codeword(solution, counts, absent):
    both = {**dict.fromkeys(absent[:1], 0), **counts, **dict.fromkeys(absent[1:], 0)}
    optimal(solution.code_lengths(both), both)


# ---------------------------------------------------------------- canonical_codes


def wrong_codes(lengths):
    right = right_codes(lengths)
    by_length = sorted(lengths, key=lambda symbol: lengths[symbol])
    falling = sorted(lengths, key=lambda symbol: (lengths[symbol], -symbol))
    return {
        "codewords_as_numbers": {symbol: int(word, 2) for symbol, word in right.items()},
        "leading_zeros_lost": {symbol: format(int(word, 2), "b") for symbol, word in right.items()},
        "equal_lengths_not_by_symbol": _renamed(lengths, by_length),
        "equal_lengths_by_falling_symbol": _renamed(lengths, falling),
        "zero_and_one_swapped": {symbol: _complement(word) for symbol, word in right.items()},
        "longer_without_shift": _counted(lengths, lambda code, longer: code + 1),
        "shifted_before_counting": _counted(lengths, lambda code, longer: (code << longer) + 1),
        "longest_first": _longest_first(lengths),
    }


def _renamed(lengths, order):
    """The canonical codewords given to the symbols in another order."""
    words = right_codes({place: lengths[symbol] for place, symbol in enumerate(order)})
    return {symbol: words[place] for place, symbol in enumerate(order)}


def _complement(word):
    return word.translate({48: "1", 49: "0"})


def _counted(lengths, after):
    """Codewords where the next code number is made in another way."""
    codes, code, before = {}, None, 0
    for length, symbol in sorted((length, symbol) for symbol, length in lengths.items()):
        code = 0 if code is None else after(code, length - before)
        codes[symbol], before = format(code, f"0{length}b"), length
    return codes


def _longest_first(lengths):
    """Code numbers counted up from the longest codewords."""
    codes, code, before = {}, 0, max(lengths.values())
    for length, symbol in sorted((-length, symbol) for symbol, length in lengths.items()):
        code >>= before + length
        before = -length
        codes[symbol] = format(code, f"0{before}b")
        code += 1
    return codes


@check(points=3)
@given(counts=counts_of(2, 7))
def codewords_follow_from_the_lengths(solution, counts):
    lengths = right_lengths(counts)
    got = solution.canonical_codes(lengths)
    expect.equal(got, right_codes(lengths), slips=lambda: wrong_codes(lengths))


# ---------------------------------------------------------------- encode and decode


@check(points=1)
@given(counts=counts_of(1, 5), places=lists(integers(0, 4), max_size=8))
def codewords_stand_one_behind_the_other(solution, counts, places):
    codes = right_codes(right_lengths(counts))
    symbols = [list(codes)[place % len(codes)] for place in places]
    words = [codes[symbol] for symbol in symbols]
    slips = {"spaces_between_codewords": " ".join(words), "list_instead_of_text": words}
    expect.equal(solution.encode(symbols, codes), "".join(words), slips=slips)


@check(points=2)
@given(counts=counts_of(1, 5), places=lists(integers(0, 4), max_size=8))
def decoding_gives_the_symbols_back(solution, counts, places):
    codes = right_codes(right_lengths(counts))
    symbols = [list(codes)[place % len(codes)] for place in places]
    got = solution.decode("".join(codes[symbol] for symbol in symbols), codes)
    slips = {
        "last_symbol_lost": symbols[:-1],
        "symbols_as_texts": [str(symbol) for symbol in symbols],
        "one_text_of_symbols": "".join(str(symbol) for symbol in symbols),
        "codewords_instead_of_symbols": [codes[symbol] for symbol in symbols],
        "first_symbol_only": symbols[:1],
    }
    expect.equal(got, symbols, slips=slips)


# ---------------------------------------------------------------- unseen


@check(points=1, visible=False, examples=8)
@given(
    ratios=lists(integers(1, 3), min_size=12, max_size=24),
    stride=sampled_from([1, 7, 250]),
    order=integers(0, 10**6),
)
def steep_counts_give_deep_trees(solution, ratios, stride, order):
    """Counts that grow like Fibonacci's numbers give codewords of many bits."""
    counts, last = {}, [1, 1]
    for place, ratio in enumerate(ratios):
        counts[(place * stride + order) % 6007] = last[-1]
        last.append(last[-1] + last[-2] * ratio)
    got = solution.code_lengths(counts)
    optimal(got, counts)
    expect.equal(solution.canonical_codes(got), right_codes(got))


@check(points=1, visible=False, examples=3)
@given(seed=integers(0, 2**20), spread=sampled_from([2, 8, 60]))
def a_long_message_survives_the_way_there_and_back(solution, seed, spread):
    """Two thousand symbols, coded by their own counts: as many bits as the best code needs, and no symbol lost."""
    symbols = [(seed * 31 + i * i * 7 + i // 3) % 97 % spread * 3 for i in range(2000)]
    counts = dict(Counter(symbols))
    lengths = solution.code_lengths(counts)
    optimal(lengths, counts)
    codes = solution.canonical_codes(lengths)
    bits = solution.encode(symbols, codes)
    expect.that(isinstance(bits, str), "list_instead_of_text")
    expect.equal(len(bits), entropy_coding.coded_bits(counts.values()))
    expect.equal(solution.decode(bits, codes), symbols)
