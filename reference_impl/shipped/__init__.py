"""Networks that come with the library: dense ones to compress, and compressed ones to beat.

Each is a file beside this one, made by the command that `manifest.toml` gives; the same command gives the same bytes on the
same processor with the same versions, and nearly the same network elsewhere.
"""

from reference_impl.shipped.files import compressed_network, dense_network
from reference_impl.shipped.manifest import Kind, ShippedFile, manifest

__all__ = ["Kind", "ShippedFile", "compressed_network", "dense_network", "manifest"]
