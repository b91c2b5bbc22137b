"""Deep Compression: a trained network in a file some tens of times smaller, by one of several recipes."""

from reference_impl.deep_compression.container import Container, pack, unpack

__all__ = ["Container", "pack", "unpack"]
