import sys


def error(name, text):
    raise type(name, (Exception,), {})(text)


def markup():
    error("<script>alert(1)</script>", "<img src=x onerror=alert(2)>")


def escapes():
    error("a\x1b[2J", "b\0\x1b]0;title\x07\u202e")


def surrogates():
    sys.stdout.buffer.write(b"\xed\xa0\x80 \xff\xfe \x1b[31m \0")
    error("Name", "\ud800 and \udfff")


def digits():
    sys.set_int_max_str_digits(0)
    error("Digits", str(10**100_000))


def as_text():
    return "=cmd|' /C calc'!A0 <b>\x1b[0m\0\u202e" + "9" * 100_000


def in_keys():
    return {"<script>\x1b": float("nan"), "\u2028": float("inf")}


def in_type():
    return type("<b>\x1b[2J", (), {})()


def deep():
    raise ExceptionGroup("many", [ValueError("<i>")] * 1000)
