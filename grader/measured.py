"""From a measured number to a verdict, points and a sentence. Pure."""

from dataclasses import dataclass

from grader.curves import Curve
from grader.metric import Metric
from grader.report import Message, Verdict

#: What more of it means. A curve that runs the other way is a mistake of its author.
HIGHER_IS_BETTER = {
    "compression_ratio": True,
    "accuracy_points": True,
    "accuracy_drop_points": False,
    "sparsity": True,
    "sqnr_db": True,
    "mse": False,
    "cpu_time_ratio": False,
}
HIDDEN_STEPS = 10  #: a hidden check tells its share in tenths: with all digits, code could tell of its inputs


@dataclass(frozen=True)
class Worth:
    """What a number earns."""

    metric: Metric  #: with the curve
    share: float  #: of the points, 0 ... 1

    @property
    def verdict(self) -> Verdict:
        if self.share == 1.0:
            return Verdict.PASSED
        return Verdict.PARTIAL if self.share > 0 else Verdict.WRONG_ANSWER

    @property
    def message(self) -> Message:
        metric, curve = self.metric, Curve(self.metric.curve)
        return Message(
            key=f"measured_{metric.key}",
            params={
                **metric.details,
                "value": metric.value,
                "low": metric.low,
                "high": metric.high,
                "percent": int(100 * self.share),  # never rounded up: 100 % is all of them
                "full_from": curve.full_from,
            },
        )


def worth(metric: Metric, knots: tuple[tuple[float, float], ...], *, visible: bool) -> Worth:
    """ValueError: the author's turn."""
    if not knots:
        raise ValueError("a check that measures needs @check(curve=…)")
    curve = Curve(knots)
    if HIGHER_IS_BETTER.get(metric.key, curve.rises) != curve.rises:
        raise ValueError(
            f"the curve {'rises' if curve.rises else 'falls'}, but {metric.key} is not like that"
        )
    share = curve.share_of(metric)
    return Worth(metric.on(knots), share if visible else round(share * HIDDEN_STEPS) / HIDDEN_STEPS)


def hidden_message(share: float) -> Message:
    return Message(key="hidden_measured", params={"percent": round(100 * share)})
