"""What there is to see in a picture, as a message: the title of the drawing, and all of it for who cannot see it. Pure."""

from grader.picture import CodeLengths, Picture, Staircase, WeightHistogram
from grader.report import Message

_NOISE = 1 + 1e-5  #: pictures carry seven digits


def finding(picture: Picture) -> Message:
    if isinstance(picture, WeightHistogram):
        return _of_mask(picture)
    if isinstance(picture, Staircase):
        return _of_staircase(picture)
    return _of_codes(picture)


def _of_mask(picture: WeightHistogram) -> Message:
    kept, total = sum(picture.kept), sum(picture.kept) + sum(picture.dropped)
    if picture.smallest_kept is None or picture.largest_dropped is None:
        return Message(
            key="picture_mask_keeps_all" if kept else "picture_mask_keeps_none", params={"total": total}
        )
    if picture.smallest_kept < picture.largest_dropped:
        params = {"smallest_kept": picture.smallest_kept, "largest_dropped": picture.largest_dropped}
        return Message(key="picture_mask_mixed", params=params)
    largest = {"largest_dropped": picture.largest_dropped}
    return Message(key="picture_mask_by_magnitude", params={**largest, "kept": kept, "total": total})


def _of_staircase(picture: Staircase) -> Message:
    if picture.got == picture.expected:
        return Message(key="picture_staircase_right")
    half_a_step = (picture.step or 0.0) / 2
    expected = max(picture.largest_expected_error, half_a_step)  # the points drawn may miss the worst one
    params = {"got": picture.largest_error, "expected": expected}
    worse = picture.largest_error > expected * _NOISE
    return Message(key="picture_staircase_worse" if worse else "picture_staircase_other", params=params)


def _of_codes(picture: CodeLengths) -> Message:
    if picture.kraft_sum > _NOISE:
        return Message(key="picture_codes_undecodable", params={"kraft": picture.kraft_sum})
    return Message(
        key="picture_codes_mean", params={"mean": picture.mean_bits, "entropy": picture.entropy_bits}
    )
