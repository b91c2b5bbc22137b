import pytest

from grader.sandbox import StudentError, Zygote

pytestmark = pytest.mark.sandbox


def test_the_main_file_imports_the_others(zygote: Zygote) -> None:
    modules = {"helper": "import filters.blur\ndef f(x): return filters.blur.g(x) + 1\n"}
    modules |= {
        "filters.blur": "from . import wide\ndef g(x): return wide.w * x\n",
        "filters.wide": "w = 10\n",
    }

    with zygote.open("from helper import f\n", modules=modules) as session:
        assert session.call("f", [4]) == 41


def test_a_package_may_have_a_file_of_its_own(zygote: Zygote) -> None:
    modules = {"filters": "from .blur import g\n", "filters.blur": "def g(x): return x\n"}

    with zygote.open(
        "import filters\ndef f(): return filters.g(__name__), filters.__file__", modules=modules
    ) as s:
        assert s.call("f") == ("solution", "filters/__init__.py")


@pytest.mark.parametrize("name", ["numpy", "json", "wave", "support", "solution"])
def test_no_file_takes_the_place_of_a_library_or_of_the_exercises_own(zygote: Zygote, name: str) -> None:
    source = f"def f():\n    import {name}\n    return hasattr({name}, 'taken')\n"

    with zygote.open(source, support="x = 1\n", modules={name: "taken = True\n"}) as session:
        assert session.call("f") is False


def test_what_is_not_there_is_missing_in_plain_words(zygote: Zygote) -> None:
    with pytest.raises(StudentError, match="No module named 'helpers'"):
        zygote.open("import helpers", modules={"helper": ""})


def test_an_error_names_the_file_in_which_it_happened(zygote: Zygote) -> None:
    modules = {"helper": "\ndef f():\n    return 1 / 0\n", "pack.inner": "def f(\n"}
    source = "from helper import f\ndef g():\n    import pack.inner\ndef h():\n    raise ValueError\n"

    with zygote.open(source, modules=modules) as session:
        for function, kind, line, file in (
            ("f", "ZeroDivisionError", 3, "helper.py"),
            ("g", "SyntaxError", 1, "pack/inner.py"),
            ("h", "ValueError", 5, ""),
        ):
            with pytest.raises(StudentError) as caught:
                session.call(function)
            assert (caught.value.kind, caught.value.line, caught.value.file) == (kind, line, file)


@pytest.mark.parametrize("place", [(2, "/etc/passwd"), (99, "helper.py"), (0, "helper.py"), (-1, "")])
def test_a_place_that_does_not_exist_is_not_believed(zygote: Zygote, place: tuple[int, str]) -> None:
    source = f"""
import sys
def f():
    answering = sys.modules["harness.answering"]
    answering._place = lambda error: {place!r}
    raise ValueError
"""
    with zygote.open(source, modules={"helper": "x = 1\n"}) as session:
        with pytest.raises(StudentError) as caught:
            session.call("f")
        assert (caught.value.line, caught.value.file) == (None, "")


def test_a_file_has_a_source_that_inspect_and_others_can_read(zygote: Zygote) -> None:
    source = "import inspect, helper\ndef f(): return inspect.getsource(helper.g)\n"

    with zygote.open(source, modules={"helper": "x = 1\ndef g():\n    return x\n"}) as session:
        assert session.call("f") == "def g():\n    return x\n"
