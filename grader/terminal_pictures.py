"""Pictures in characters, small enough for a terminal. Pure: lines of text."""

from collections.abc import Iterator, Sequence

from grader.messages import explain, number, text_in
from grader.picture import CodeLengths, Picture, Staircase, WeightHistogram
from grader.picture_findings import finding

_WORDS = {
    "expected": {"en": "expected", "pt-br": "esperado"},
    "got": {"en": "got", "pt-br": "obtido"},
    "kept": {"en": "kept", "pt-br": "mantidos"},
    "dropped": {"en": "dropped", "pt-br": "descartados"},
    "symbol": {"en": "symbol", "pt-br": "símbolo"},
    "bits": {"en": "bits", "pt-br": "bits"},
    "ideal": {"en": "ideal", "pt-br": "ideal"},
}
_LEVELS = "▁▂▃▄▅▆▇█"
_COLUMNS, _ROWS, _BAR = 48, 12, 30


def picture_lines(picture: Picture, language: str) -> Iterator[str]:
    yield explain(finding(picture), language)
    if isinstance(picture, WeightHistogram):
        yield from _histogram(picture, language)
    elif isinstance(picture, Staircase):
        yield from _staircase(picture, language)
    else:
        yield from _code_lengths(picture, language)


def _staircase(picture: Staircase, language: str) -> Iterator[str]:
    low = min(*picture.got, *picture.expected)
    high = max(*picture.got, *picture.expected)
    rows = {"expected": picture.expected, "got": picture.got}
    width = max(len(_word(key, language)) for key in rows)
    for key, values in rows.items():
        yield f"{_word(key, language):>{width}}  {_sparkline(values, low, high)}"
    yield f"{'x':>{width}}  {number(picture.x[0], language)} … {number(picture.x[-1], language)}"


def _sparkline(values: Sequence[float], low: float, high: float) -> str:
    count = min(_COLUMNS, len(values))
    picked = [values[round(i * (len(values) - 1) / max(count - 1, 1))] for i in range(count)]
    span = (high - low) or 1.0
    return "".join(_LEVELS[round((value - low) / span * (len(_LEVELS) - 1))] for value in picked)


def _histogram(picture: WeightHistogram, language: str) -> Iterator[str]:
    bins = len(picture.kept)
    per_row = -(-bins // _ROWS)
    rows = [
        (picture.edges[i], sum(picture.kept[i : i + per_row]), sum(picture.dropped[i : i + per_row]))
        for i in range(0, bins, per_row)
    ]
    most = max(kept + dropped for _, kept, dropped in rows) or 1
    labels = [number(edge, language) for edge, _, _ in rows]
    width = max(map(len, labels))
    for label, (_, kept, dropped) in zip(labels, rows, strict=True):
        yield f"{label:>{width}}  {'█' * _length(kept, most)}{'░' * _length(dropped, most)}"
    yield f"{'':>{width}}  █ {_word('kept', language)}  ░ {_word('dropped', language)}"


def _length(count: int, most: int) -> int:
    """What is there is seen."""
    return max(1, round(_BAR * count / most)) if count else 0


def _code_lengths(picture: CodeLengths, language: str) -> Iterator[str]:
    width = max(map(len, (*picture.symbols, _word("symbol", language))))
    yield f"{_word('symbol', language):>{width}}  {'p':>8}  {_word('ideal', language):>6}  {_word('bits', language):>6}"
    rows = zip(picture.symbols, picture.probabilities, picture.ideal_lengths, picture.lengths, strict=True)
    for symbol, p, ideal, bits in rows:
        shown = (
            f"{number(p, language):>8}  {number(round(ideal, 2), language):>6}  {number(bits, language):>6}"
        )
        yield f"{symbol:>{width}}  {shown}  {'█' * min(_BAR, round(bits))}"
    if picture.left_out:
        yield f"{'…':>{width}}  (+{picture.left_out})"


def _word(key: str, language: str) -> str:
    return text_in(_WORDS[key], language)
