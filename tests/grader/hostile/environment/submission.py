import os


def f():
    known = {"PATH", "HOME", "LANG", "TMPDIR", "PWD", "LC_CTYPE", "LD_LIBRARY_PATH"}
    libraries = ("PYTHON", "MALLOC_", "OMP_", "OPENBLAS_", "MKL_", "NUMBA_", "TORCH", "CUDA_", "KMP_", "NPY_", "ATEN_", "ONEDNN_")
    return sorted(name for name in os.environ if name not in known and not name.startswith(libraries))
