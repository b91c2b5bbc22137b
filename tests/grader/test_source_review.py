import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.messages import explain
from grader.source_review import MOST_PER_KIND, review
from grader.visible import all_seen, hides, visible


def found(source: str, *, forbidden: tuple[str, ...] = ("numpy.fft", "sorted")) -> list[tuple[object, ...]]:
    return [
        (notice.key.removeprefix("review_"), notice.params["line"], notice.params.get("name"))
        for notice in review(source, forbidden=forbidden)
    ]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import numpy.fft\n", [1]),
        ("import numpy as np\n\ny = np.fft.rfft(x)\n", [3]),
        ("import numpy\nnumpy . fft\nnumpy.fft\n", [3]),
        ("from numpy import fft as F\nF.rfft(x)\n", [1, 2]),
        ("from numpy import (\n    linalg,\n    fft,\n)\n", [3]),
        ("from numpy.fft import rfft, ifft\n", [1]),
        ("import os, numpy.fft as f; f.rfft()\n", [1]),
        ("def f(x):\n    from numpy \\\n        import fft\n", [3]),
        ("import numpy as np\nx = '''\nnp.fft'''\n# np.fft\ny = 'np.fft'\n", []),
        ("import numpy as np\nnp.fftx\nother.np.fft\nfft = 3\nfft\n", []),
        ("x = sorted(y)\nx.sorted()\n", [1]),
        ("nothing = 1\n", []),
    ],
)
def test_a_name_that_the_exercise_forbids_is_found_where_it_is_used(source: str, lines: list[int]) -> None:
    assert [line for _, line, _ in found(source)] == lines


@pytest.mark.parametrize(
    "character", ["\u202e", "\u2066", "\u200b", "\x1b", "\u3164", "\u2028", "\ufeff", "\x85"]
)
def test_what_cannot_be_seen_is_pointed_out(character: str) -> None:
    ((kind, line, name),) = found(f"x = 1\ny = 2  # é {character}\n")

    assert (kind, line) == ("invisible", 2)
    assert name


@pytest.mark.parametrize("word", ["сount", "ѕсаlе", "qοut", "ﬁlter", "ｘ1", "𝐱y", "сс"])
def test_letters_that_only_look_latin_are_pointed_out(word: str) -> None:
    assert [kind for kind, *_ in found(f"{word} = 1\n")] == ["lookalike"]


@pytest.mark.parametrize(
    "text", ["σ = α * Δx", "# 1º, 2ª, n², naïve, São João", "# метод наименьших квадратов", "'ção'", "\f"]
)
def test_honest_letters_are_left_alone(text: str) -> None:
    assert found(f"{text}\n") == []


@pytest.mark.parametrize("module", ["numpy", "torch", "json", "random", "support"])
def test_a_file_named_like_a_library_is_pointed_out(module: str) -> None:
    (notice,) = review("x = 1\n", {module: "", "helper": "", "helper.json": ""})

    assert f"{module}.py" in explain(notice, "en")
    assert f"{module}.py" in explain(notice, "pt-br")


def test_the_file_is_named_and_each_kind_has_an_end() -> None:
    notices = review("x = '\u202e\u200b'\n" * 50, {"a.b": "\u202e", "json": ""})

    assert [notice.key for notice in notices].count("review_invisible") == MOST_PER_KIND
    assert "line 1 of a/b.py" in explain(review("", {"a.b": "\u202e"})[0], "en").lower()


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "'",
        '"""',
        "\\",
        "a.",
        "from a import (",
        "import a, ",
        "import ",
        "'\\",
        "[{(",
        "not ",
        "-",
        "\u202e",
        "а",
        "from .",
    ],
)
def test_a_review_takes_time_in_proportion(piece: str) -> None:
    source = "fft sorted\n" + piece * (200_000 // len(piece))
    started_s = time.thread_time()
    review(source, forbidden=["numpy.fft", "sorted"])

    assert time.thread_time() - started_s < 2


@given(st.text() | st.text(alphabet="a \t\u3164\u202e\x85\u00a0é"))
def test_looking_quickly_overlooks_nothing(line: str) -> None:
    if all_seen(line):
        assert not any(map(hides, line))
    assert not any(map(hides, visible(line)))
    assert (visible(line) == line) == (not any(map(hides, line)))
