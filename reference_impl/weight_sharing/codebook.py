"""A codebook of shared values: where its centroids start, which weight takes which, how they learn."""

from reference_impl.reals import Reals as Values
from reference_impl.weight_sharing.gradient import centroid_gradient, centroid_step
from reference_impl.weight_sharing.initialisation import (
    density_centroids,
    forgy_centroids,
    k_means_plus_plus,
    linear_centroids,
)
from reference_impl.weight_sharing.lloyd import k_means, lloyd
from reference_impl.weight_sharing.nearest import Indices, assign, decode
from reference_impl.weight_sharing.optimum import best_clustering

__all__ = [
    "Indices",
    "Values",
    "assign",
    "best_clustering",
    "centroid_gradient",
    "centroid_step",
    "decode",
    "density_centroids",
    "forgy_centroids",
    "k_means",
    "k_means_plus_plus",
    "linear_centroids",
    "lloyd",
]
