"""Exceptions that many beginners meet are told in a sentence of their own, in both languages."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import raised
from grader.messages import LANGUAGES, explain, general_messages

TYPICAL = {
    ("EOFError", "EOF when reading a line"): "asked_for_input",
    ("SystemExit", "0"): "called_exit",
    ("ModuleNotFoundError", "No module named 'pandas'"): "module_missing",
    ("FileNotFoundError", "[Errno 2] No such file or directory: 'w.npy'"): "file_missing",
    (
        "FileNotFoundError",
        "[Errno 2] No usable temporary directory found in ['/tmp', '/']",
    ): "no_temporary_folder",
    ("PermissionError", "[Errno 1] Operation not permitted"): "not_permitted",
    ("OSError", "[Errno 30] Read-only file system"): "not_permitted",
    ("OSError", "[Errno 28] No space left on device: 'w.npy'"): "no_space",
    ("OSError", "[Errno 27] File too large"): "no_space",
    ("NameError", "name 'np' is not defined. Did you forget to import 'np'"): "name_unknown",
    (
        "ValueError",
        "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
    ): "array_as_condition",
    ("TypeError", "only 0-dimensional arrays can be converted to Python scalars"): "array_as_number",
    ("RecursionError", "maximum recursion depth exceeded"): "endless_recursion",
    ("TabError", "inconsistent use of tabs and spaces in indentation"): "indentation_error",
}
UNREADABLE = {
    "an array of dtype object cannot be sent; send a numeric array": "unsupported_dtype",
    "a value of type set cannot be sent; use numbers, text, lists, dicts or arrays": "unsupported_type",
    "dict keys must be text or whole numbers, not tuple": "unsupported_keys",
    "more than 20000 values; send an array instead": "too_many_values",
    "an array of shape (0, 1000000000) and dtype float64; at most 4194304 bytes": "array_too_large",
    "text of 2097152 characters; at most 1048576 bytes": "returned_too_much",
    "text of 2097152 bytes; at most 1048576": "returned_too_much",
    "a value of 5242880 bytes; at most 4194304": "returned_too_much",
    "a tensor of 5242880 bytes; at most 4194304": "returned_too_much",
    "an integer of 100001 bits; at most 4095": "integer_too_long",
    "nested more than 32 deep, or a container that contains itself": "nested_too_deeply",
    "a quantized tensor cannot be sent; send int_repr(), the scale and the zero point": "quantized_tensor",
    "text with lone surrogates": "unsupported_value",
}


@pytest.mark.parametrize(("kind", "text"), TYPICAL)
def test_a_typical_exception_has_a_message_of_its_own(kind: str, text: str) -> None:
    message = raised.recognised(kind, text, 3)

    assert message is not None
    assert message.key == TYPICAL[kind, text]
    for language in LANGUAGES:
        assert "{" not in explain(message, language)


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_value_that_cannot_leave_says_what_to_return_instead(text: str) -> None:
    message = raised.unreadable(text)

    assert message.key == UNREADABLE[text]
    for language in LANGUAGES:
        assert "{" not in explain(message, language)


@pytest.mark.parametrize(
    ("text", "size_mib", "limit_mib"),
    [
        ("an array of shape (1000, 1000) and dtype float64; at most 4194304 bytes", 8_000_000 / 2**20, 4),
        ("an array of shape (8388608,) and dtype bool; at most 4194304 bytes", 8, 4),
        ("text of 2097152 bytes; at most 1048576", 2, 1),
    ],
)
def test_what_is_too_large_is_told_with_its_size_and_the_limit(
    text: str, size_mib: float, limit_mib: float
) -> None:
    message = raised.unreadable(text)

    assert (message.params["size_mib"], message.params["limit_mib"]) == (size_mib, limit_mib)
    assert f"{limit_mib} MiB" in explain(message, "en")


def test_a_call_that_does_not_fit_the_signature_is_told_from_other_type_errors() -> None:
    text = "quantize() takes 2 positional arguments but 4 were given"

    inside = raised.recognised("TypeError", text, 5, "quantize")
    at_the_call = raised.recognised("TypeError", text, None, "quantize")
    of_another = raised.recognised("TypeError", text, None, "dequantize")

    assert (inside, of_another) == (None, None)
    assert at_the_call is not None
    assert at_the_call.key == "wrong_arguments"


def test_an_assertion_without_a_text_leaves_no_gap_in_the_sentence() -> None:
    sentence = explain(raised.unforeseen("student_error", "AssertionError", "", 7), "en")

    assert ": ." not in sentence
    assert "line 7" in sentence


@given(
    kind=st.sampled_from(["OSError", "NameError", "SyntaxError", "EOFError", "TypeError", "ImportError"])
    | st.text(),
    text=st.text(alphabet=string.printable + "[é…", max_size=80),
    line=st.none() | st.integers(1, 10**6),
)
def test_whatever_comes_out_of_the_sandbox_the_message_is_known_and_complete(
    kind: str, text: str, line: int | None
) -> None:
    for message in (
        raised.recognised(kind, text, line, "f"),
        raised.unforeseen("student_error", kind, text, line),
        raised.unforeseen("load_error", kind, text, line),
        raised.unreadable(text),
    ):
        assert message is None or message.key in general_messages()
        assert message is None or set(message.params) >= _parameters(message.key)


def _parameters(key: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(general_messages()[key]["en"]) if name}
