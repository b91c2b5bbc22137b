"""What open-ended exercises are marked by: one module per metric. Values in, `Metric` out, measured here and never
reported by a learner; what a learner returned may be anything that can cross."""

from grader.metrics.accuracy import accuracy
from grader.metrics.accuracy_drop import accuracy_drop
from grader.metrics.compression import compression_ratio
from grader.metrics.cpu_time import cpu_time_ratio
from grader.metrics.mse import mse
from grader.metrics.sparsity import sparsity
from grader.metrics.sqnr import sqnr

__all__ = ["accuracy", "accuracy_drop", "compression_ratio", "cpu_time_ratio", "mse", "sparsity", "sqnr"]
