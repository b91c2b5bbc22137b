"""A data set is fetched once, checked, and never half there."""

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from reference_impl.datasets.fetch import fetch
from reference_impl.datasets.packages import folder_files
from reference_impl.datasets.sources import Source
from reference_impl.errors import CorruptData, NotAvailable
from tests.reference_impl.datasets.tiny import FILES, TINY


def everything(source: Source) -> Mapping[str, bytes]:
    return FILES


def nothing_to_ask(source: Source) -> Mapping[str, bytes]:
    pytest.fail("the package was asked for")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def test_it_works(tmp_path: Path) -> None:
    assert fetch(TINY, tmp_path / "new" / "tiny", everything)
    assert contents(tmp_path / "new" / "tiny") == FILES


def test_a_second_time_there_is_nothing_to_do(tmp_path: Path) -> None:
    fetch(TINY, tmp_path, everything)
    assert not fetch(TINY, tmp_path, nothing_to_ask)


def test_files_folded_by_gzip_are_kept_plain(tmp_path: Path) -> None:
    fetch(TINY, tmp_path, lambda source: {name: gzip.compress(data) for name, data in FILES.items()})
    assert contents(tmp_path) == FILES


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:-1] + b"?"])
def test_a_damaged_file_is_replaced(tmp_path: Path, name: str, damage) -> None:
    fetch(TINY, tmp_path, everything)
    (tmp_path / name).write_bytes(damage(FILES[name]))
    assert fetch(TINY, tmp_path, everything)
    assert contents(tmp_path) == FILES


def test_a_lost_file_is_fetched_again(tmp_path: Path) -> None:
    fetch(TINY, tmp_path, everything)
    (tmp_path / "train-labels").unlink()
    assert fetch(TINY, tmp_path, everything)
    assert contents(tmp_path) == FILES


@pytest.mark.parametrize("name", FILES)
def test_one_wrong_file_keeps_all_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorruptData, match=f"{name} is not the published one"):
        fetch(TINY, tmp_path, lambda source: {**FILES, name: FILES[name][:-1] + b"?"})
    assert contents(tmp_path) == {}


def test_a_package_that_lacks_a_file_is_not_the_one(tmp_path: Path) -> None:
    with pytest.raises(CorruptData, match="lacks test-labels"):
        fetch(TINY, tmp_path, lambda source: {name: FILES[name] for name in FILES if name != "test-labels"})
    assert contents(tmp_path) == {}


def test_a_bomb_is_not_unfolded(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(10**6))
    with pytest.raises(CorruptData, match="unfolds beyond"):
        fetch(TINY, tmp_path, lambda source: {**FILES, "test-labels": bomb})


def test_an_interruption_leaves_what_was_there(tmp_path: Path) -> None:
    fetch(TINY, tmp_path, everything)
    (tmp_path / "test-images").write_bytes(b"damaged")

    def interrupted(source: Source) -> Mapping[str, bytes]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(TINY, tmp_path, interrupted)
    assert contents(tmp_path) == {**FILES, "test-images": b"damaged"}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NotAvailable, match=r"cannot be written .* PROVA_VAR"):
        fetch(TINY, tmp_path / "file" / "tiny", everything)


@pytest.mark.parametrize("fold", [False, True])
def test_a_folder_of_ones_own_does_as_well(tmp_path: Path, fold: bool) -> None:
    for name, data in FILES.items():
        path = tmp_path / (f"{name}.gz" if fold else name)
        path.write_bytes(gzip.compress(data) if fold else data)
    fetch(TINY, tmp_path / "tiny", lambda source: folder_files(source, tmp_path))
    assert contents(tmp_path / "tiny") == FILES


def test_a_folder_without_the_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotAvailable, match=r"holds neither train-images nor train-images\.gz"):
        folder_files(TINY, tmp_path)
