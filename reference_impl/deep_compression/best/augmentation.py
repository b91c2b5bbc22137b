"""Images as another hand might have written them. Importing this loads torch."""

from math import pi

import torch
import torch.nn.functional as F
from torch import Tensor

from reference_impl.deep_compression.best.distortion import Distortion

#: Points of the coarse net whose random moves bend the image, per side.
NET_POINTS = 5


def distorted(images: Tensor, how: Distortion, generator: torch.Generator) -> Tensor:
    """Images (n, 1, side, side) turned, moved, scaled, sheared and bent, each in its own way; black comes in from outside.

    Simard, Steinkraus, Platt 2003 show what it gives on MNIST; their displacements are smoothed by a Gaussian, these by
    cubic interpolation between the points of a net.
    """
    count, _, side, _ = images.shape
    angle = _between(how.rotation_degrees * pi / 180, count, generator)
    scale = 1 + _between(how.scale, (2, count), generator)
    shear, shift = _between(how.shear, count, generator), _between(how.shift, (2, count), generator)
    cos, sin = angle.cos(), angle.sin()
    rows = (
        torch.stack([cos * scale[0], (shear - sin) * scale[1], shift[0]], dim=1),
        torch.stack([sin * scale[0], cos * scale[1], shift[1]], dim=1),
    )
    places = F.affine_grid(torch.stack(rows, dim=1), list(images.shape), align_corners=False)
    moves = torch.randn(count, 2, NET_POINTS, NET_POINTS, generator=generator) * how.bend
    bent = F.interpolate(moves, size=(side, side), mode="bicubic", align_corners=True)
    return F.grid_sample(images, places + bent.permute(0, 2, 3, 1), align_corners=False)


def _between(limit: float, shape: int | tuple[int, ...], generator: torch.Generator) -> Tensor:
    return (torch.rand(shape, generator=generator) * 2 - 1) * limit
