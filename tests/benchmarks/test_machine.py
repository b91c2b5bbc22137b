"""What the figures' machine is called."""

from benchmarks.kernels.machine import cpu

INFO = """processor\t: 0
cpu family\t: 26
model\t\t: 2
model name\t: AMD EPYC
flags\t\t: fpu avx512f

processor\t: 1
cpu family\t: 26
model\t\t: 2
model name\t: AMD EPYC
"""


def test_model_family_and_number_are_named():
    assert cpu(INFO) == "AMD EPYC (family 26, model 2)"


def test_a_machine_without_such_a_list_has_a_name_all_the_same():
    assert cpu("")
    assert "family" not in cpu("")
