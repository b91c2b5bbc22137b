from hypothesis import given
from hypothesis import strategies as st
from prova.assignments.source_diff import CONTEXT_LINES, MAX_LINES, Kind, diff, diff_uploads

from grader.uploads.upload import Upload

sources = st.lists(st.sampled_from(["a", "b", "    return a", "", "x = 1"]), max_size=40).map("\n".join)


@given(old=sources, new=sources)
def test_the_shown_lines_are_the_lines_of_both_files(old, new):
    for line in diff(old, new) or ():
        if line.old_number:
            assert old.splitlines()[line.old_number - 1] == line.text
        if line.new_number:
            assert new.splitlines()[line.new_number - 1] == line.text


@given(old=sources, new=sources)
def test_shown_and_skipped_lines_add_up_to_both_files(old, new):
    lines = diff(old, new)
    if not lines:
        assert old.splitlines() == new.splitlines()
        return
    skipped = sum(line.skipped for line in lines)
    kinds = [line.kind for line in lines]
    assert kinds.count(Kind.SAME) + kinds.count(Kind.REMOVED) + skipped == len(old.splitlines())
    assert kinds.count(Kind.SAME) + kinds.count(Kind.ADDED) + skipped == len(new.splitlines())


@given(source=sources)
def test_the_same_code_has_no_changes(source):
    assert diff(source, source) == ()


def test_a_change_is_shown_between_a_few_unchanged_lines():
    before = [f"line {number}" for number in range(20)]
    after = before.copy()
    after[10] = "changed"
    lines = diff("\n".join(before), "\n".join(after)) or ()
    assert [line.kind for line in lines] == (
        [Kind.SKIPPED]
        + [Kind.SAME] * CONTEXT_LINES
        + [Kind.REMOVED, Kind.ADDED]
        + [Kind.SAME] * CONTEXT_LINES
        + [Kind.SKIPPED]
    )
    assert (lines[0].skipped, lines[-1].skipped) == (7, 6)


def test_what_would_take_too_long_is_not_compared():
    assert diff("a\n" * (MAX_LINES + 1), "b") is None


def test_many_long_files_cost_no_more_than_one():
    """Twenty files, each as long as may be compared, in another order: one after the other they took seconds."""
    forth = "\n".join(str(number % 100) for number in range(MAX_LINES))
    back = "\n".join(str(99 - number % 100) for number in range(MAX_LINES))
    old, new = (Upload(source="", modules={f"m{n}": text for n in range(20)}) for text in (forth, back))
    changes = diff_uploads(old, new)
    assert len(changes) == 20
    assert sum(change.lines is not None for change in changes) == 1


def test_a_long_file_that_is_the_same_is_no_change():
    upload = Upload(source="x\n" * (MAX_LINES + 1))
    assert diff_uploads(upload, upload) == ()
