"""Weights replaced by indices into a short codebook."""
