"""Compress a network by Deep Compression, or decode such a file.

python -m reference_impl.deep_compression lenet-300-100 | lenet-5 | digits-cnn [--recipe NAME] [--seed N] [--out FILE] ...
python -m reference_impl.deep_compression decode FILE --out weights.npz
python -m reference_impl.deep_compression compare RUN.json ... [--out PICTURE.png]
"""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from reference_impl.deep_compression.container import NETWORKS
from reference_impl.deep_compression.recipes import RECIPES
from reference_impl.errors import CompressionError


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        if options.command == "decode":
            decode(options.file, options.out)
        elif options.command == "compare":
            compare(options.runs, options.out)
        else:
            compress(options)
    except (CompressionError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m reference_impl.deep_compression", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True, metavar="NETWORK | decode | compare")
    for network in NETWORKS:
        each = commands.add_parser(network, help=f"train and compress {network}")
        each.add_argument("--recipe", choices=list(RECIPES), default="classic")
        each.add_argument("--seed", type=int, default=0, metavar="N")
        each.add_argument("--out", type=Path, metavar="FILE", help="where the compressed network goes")
        each.add_argument("--json", type=Path, metavar="FILE", help="where every figure goes")
        each.add_argument("--dense", type=Path, metavar="FILE", help="where the dense network goes, an .npz")
        each.add_argument(
            "--plots", type=Path, metavar="DIR", help="where pictures go; needs the extra `plots`"
        )
    decoder = commands.add_parser("decode", help="the arrays of a compressed network, without torch")
    decoder.add_argument("file", type=Path, metavar="FILE")
    decoder.add_argument("--out", type=Path, required=True, metavar="FILE", help="an .npz of numpy")
    comparison = commands.add_parser(
        "compare", help="runs and their means beside the literature, as Markdown"
    )
    comparison.add_argument("runs", type=Path, nargs="+", metavar="RUN.json")
    comparison.add_argument("--out", type=Path, metavar="FILE", help="a picture; needs the extra `plots`")
    return top


def decode(file: Path, out: Path) -> None:
    import numpy as np

    from reference_impl.deep_compression.decoding import decode_file

    decoded = decode_file(file.read_bytes())
    arrays: dict[str, Any] = dict(decoded.parameters)
    with out.open("wb") as stream:
        np.savez(stream, **arrays)
    for name, values in decoded.parameters.items():
        print(f"{name:14}{values.shape}  {(values != 0).mean():.1%} not zero")


def compare(paths: list[Path], out: Path | None) -> None:
    from reference_impl.deep_compression.comparison import markdown, read_run

    runs = [read_run(path) for path in paths]
    print("\n".join(markdown(runs)))
    if out:
        from reference_impl.deep_compression.plots import beside_the_literature, require_matplotlib

        require_matplotlib()
        beside_the_literature(runs).savefig(out, dpi=120)


def compress(options: argparse.Namespace) -> None:
    # OpenMP reads this when torch brings it along; two threads wait for each other longer than they work
    os.environ["OMP_NUM_THREADS"] = "1"
    from reference_impl.deep_compression.command import Files
    from reference_impl.deep_compression.command import compress as run

    files = Files(out=options.out, json=options.json, dense=options.dense, plots=options.plots)
    run(options.command, options.recipe, options.seed, files)


if __name__ == "__main__":
    raise SystemExit(main())
