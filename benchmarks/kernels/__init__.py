"""Kernels of reference_impl beside the peers that are installed: python -m benchmarks.kernels [--json FILE]."""
