"""How sure a share counted on a sample is. Pure Python."""

import math
from statistics import NormalDist

CONFIDENCE = 0.95


def wilson(hits: int, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Score interval of a proportion (E. B. Wilson, 1927, JASA 22:209-212): holds near 0 and 1, where +-2 sigma fails."""
    z = two_sided_z(confidence)
    share, spread = hits / n, z * z / n
    centre = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def paired_difference(
    only_first: int, only_second: int, n: int, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Of two proportions on the same n cases: share right of the first minus share right of the second.

    Only cases on which the two differ say anything (McNemar): `only_first` are right with the first and wrong with the
    second, `only_second` the other way round. Wald interval with half a case added to each of the four cells
    (D. G. Bonett and R. M. Price, 2012, J. Educational and Behavioral Statistics 37:479-488), recommended by
    M. W. Fagerland, S. Lydersen and P. Laake, 2014, Statistics in Medicine 33:2850-2875.
    """
    z = two_sided_z(confidence)
    first, second = (only_first + 1) / (n + 2), (only_second + 1) / (n + 2)
    half = z * math.sqrt(max(first + second - (first - second) ** 2, 0.0) / (n + 2))
    return max(first - second - half, -1.0), min(first - second + half, 1.0)


def two_sided_z(confidence: float) -> float:
    """ValueError: not in 0.5 ... 0.99. Beyond it a band is so wide that a right answer more could lower a mark."""
    if not 0.5 <= confidence <= 0.99:
        raise ValueError(f"a confidence of {confidence} is not in 0.5 … 0.99")
    return NormalDist().inv_cdf(0.5 + confidence / 2)
