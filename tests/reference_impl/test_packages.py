"""What the packages of the library offer by themselves, and what importing them costs."""

import importlib
import pkgutil
import subprocess
import sys

import pytest

import reference_impl

PACKAGES = [
    module.name
    for module in pkgutil.walk_packages(reference_impl.__path__, "reference_impl.")
    if module.ispkg
]
OFFERING = [name for name in PACKAGES if not name.endswith(".kernels")]  # kernels would load numba


@pytest.mark.parametrize("package", ["reference_impl", *PACKAGES])
def test_importing_a_package_loads_neither_torch_nor_numba(package: str) -> None:
    program = f"import {package}, sys; print({{'torch', 'numba'}} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


@pytest.mark.parametrize("package", OFFERING)
def test_names_come_from_the_package_itself(package: str) -> None:
    """Also where a module is called like its function: `entropy_coding.entropy` is what a reader wants to call."""
    folder = importlib.import_module(package)
    assert folder.__all__
    for name in folder.__all__:
        assert not isinstance(getattr(folder, name), type(folder)), f"{name} is a module"
