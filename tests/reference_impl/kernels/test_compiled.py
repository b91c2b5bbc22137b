"""Machine code on disk never outlives the source that it was made from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import reference_impl
from reference_impl.kernels.compiled import sources_digest
from tests.reference_impl.jit import compiled_only

PACKAGE = Path(reference_impl.__file__).parent
CALLER = """
from reference_impl.kernels.answer_inlined import answer
from reference_impl.kernels.compiled import compiled

@compiled
def ask() -> int:
    return answer()

print(ask(), sum(ask.stats.cache_hits.values()))
"""
INLINED = """
from reference_impl.kernels.compiled import inlined

@inlined
def answer() -> int:
    return {}
"""


@compiled_only
def test_a_kernel_is_compiled_anew_when_a_file_that_it_inlines_changes(tmp_path: Path) -> None:
    kernels = tmp_path / "reference_impl" / "kernels"
    kernels.mkdir(parents=True)
    shutil.copy(PACKAGE / "__init__.py", kernels.parent)
    shutil.copy(PACKAGE / "kernels" / "compiled.py", kernels)
    (kernels / "__init__.py").touch()
    (kernels / "ask.py").write_text(CALLER)

    def asked(answer: int) -> list[str]:
        (kernels / "answer_inlined.py").write_text(INLINED.format(answer))
        environment = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}
        environment["PYTHONDONTWRITEBYTECODE"] = "1"  # a second apart or not, Python reads the source
        command = [sys.executable, "-m", "reference_impl.kernels.ask"]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, cwd=tmp_path
        ).stdout.split()

    assert asked(1) == ["1", "0"]
    assert asked(1) == ["1", "1"]
    assert asked(2) == ["2", "0"]


def test_the_digest_changes_with_any_byte_and_any_name(tmp_path: Path) -> None:
    def digest(**files: str) -> str:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text)
        return sources_digest(folder)

    assert digest(a="x", b="y") == digest(a="x", b="y")
    assert len({digest(a="x", b="y"), digest(a="x", b="z"), digest(a="x", c="y"), digest(a="xy", b="")}) == 4
