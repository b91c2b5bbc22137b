"""What the literature reports for the same two networks, as its own tables have it; what counts as a byte differs.

Error in per cent of the test images, before and after; ratio to all weights in float32.
"""

from dataclasses import dataclass

from reference_impl.deep_compression.paper import PAPER


@dataclass(frozen=True)
class Record:
    method: str
    source: str  #: year, arXiv number
    network: str
    error_before_percent: float | None  #: None: not told
    error_after_percent: float
    ratio: float


RECORDS = (
    *(
        Record(
            "Deep Compression",
            "2016, 1510.00149",
            network,
            paper.error_before_percent,
            paper.error_after_percent,
            paper.ratios["P+Q+H"],
        )
        for network, paper in PAPER.items()
    ),
    Record("Dynamic network surgery", "2016, 1608.04493", "lenet-300-100", 2.28, 1.99, 56),
    Record("Dynamic network surgery", "2016, 1608.04493", "lenet-5", 0.91, 0.91, 108),
    Record("Soft weight-sharing", "2017, 1702.04008", "lenet-300-100", 1.89, 1.94, 64),
    Record("Soft weight-sharing", "2017, 1702.04008", "lenet-5", 0.88, 0.97, 162),
    Record("Bayesian compression", "2017, 1705.08665", "lenet-5", None, 1.0, 771),
    Record("Weightless", "2018, 1711.04686", "lenet-5", None, 1.0, 382),
    Record("MIRACLE", "2019, 1810.00440", "lenet-5", 0.7, 0.69, 555),
    Record("MIRACLE", "2019, 1810.00440", "lenet-5", 0.7, 0.96, 1110),
    Record("Entropy-penalized reparameterization", "2020, 1906.06624", "lenet-300-100", 1.6, 1.9, 124),
    Record("Entropy-penalized reparameterization", "2020, 1906.06624", "lenet-5", 0.7, 1.0, 606),
)
