"""Weights replaced by indices into a short codebook."""

from reference_impl.weight_sharing.clustering import Clustering
from reference_impl.weight_sharing.gradient import centroid_gradient, centroid_step
from reference_impl.weight_sharing.initialisation import (
    density_centroids,
    forgy_centroids,
    k_means_plus_plus,
    linear_centroids,
)
from reference_impl.weight_sharing.lloyd import LloydRun, k_means, lloyd
from reference_impl.weight_sharing.nearest import assign, decode, inertia
from reference_impl.weight_sharing.optimum import best_clustering

__all__ = [
    "Clustering",
    "LloydRun",
    "assign",
    "best_clustering",
    "centroid_gradient",
    "centroid_step",
    "decode",
    "density_centroids",
    "forgy_centroids",
    "inertia",
    "k_means",
    "k_means_plus_plus",
    "linear_centroids",
    "lloyd",
]
