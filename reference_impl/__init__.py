"""Model compression done right: the library that marks rest on. The way in: README.md beside this file.

Importing this package, or any of its parts but `kernels` and `quantization.fake_quantize_torch`, loads neither
torch nor numba.
"""
