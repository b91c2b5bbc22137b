"""What the machine could do at best, measured in the same run as the kernels: loops that do the unavoidable only.

A kernel that beats its limit shows that the loop here is too slow; the loop is what must change then.
"""

from benchmarks.kernels.limits.arithmetic import dot_products, multiply_adds
from benchmarks.kernels.limits.memory import reading
from benchmarks.kernels.limits.tables import code_chains, look_ups

__all__ = ["code_chains", "dot_products", "look_ups", "multiply_adds", "reading"]
