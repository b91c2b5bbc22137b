"""What clustering gives: the codebook, who takes what, and how well it fits."""

from dataclasses import dataclass

from reference_impl.reals import Reals
from reference_impl.weight_sharing.nearest import Indices, decode


@dataclass(frozen=True)
class Clustering:
    codebook: Reals
    indices: Indices  #: shape of the weights
    inertia: float  #: within-cluster sum of squares

    def shared(self) -> Reals:
        """The weights replaced by their centroids."""
        return decode(self.indices, self.codebook)
