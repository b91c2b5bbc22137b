import itertools

from hypothesis import given
from hypothesis import strategies as st
from prova.teaching.charts import histogram, nice_ticks

shares = st.lists(st.floats(0, 1), max_size=300)


@given(highest=st.integers(0, 10**7))
def test_ticks_are_whole_equally_spaced_few_and_reach_the_highest_bar(highest):
    ticks = nice_ticks(highest)
    steps = {after - before for before, after in itertools.pairwise(ticks)}
    assert ticks[0] == 0
    assert len(steps) == 1
    assert 2 <= len(ticks) <= 5
    assert ticks[-1] >= highest
    assert ticks[-2] < max(highest, 1)


def test_steps_are_one_two_or_five_times_a_power_of_ten():
    assert nice_ticks(3) == (0, 1, 2, 3)
    assert nice_ticks(7) == (0, 2, 4, 6, 8)
    assert nice_ticks(18) == (0, 5, 10, 15, 20)
    assert nice_ticks(41) == (0, 20, 40, 60)
    assert nice_ticks(300) == (0, 100, 200, 300)


@given(shares=shares)
def test_every_bar_stands_on_the_axis_and_stays_inside_the_plot(shares):
    chart = histogram(shares)
    for bar in chart.bars:
        assert bar.y + bar.height == chart.bottom
        assert chart.top <= bar.y
        assert chart.left <= bar.x
        assert bar.x + bar.width <= chart.right


@given(shares=shares.filter(bool))
def test_a_longer_bar_means_more_learners(shares):
    bars = sorted(histogram(shares).bars, key=lambda bar: bar.count)
    heights = [bar.height for bar in bars]
    assert heights == sorted(heights)
    assert sum(bar.count for bar in bars) == len(shares)


@given(shares=shares, median=st.floats(0, 1))
def test_everything_drawn_is_a_whole_number(shares, median):
    chart = histogram(shares, median=median)
    drawn = [chart.median_x, chart.middle_x, chart.middle_y]
    drawn += [value for bar in chart.bars for value in (bar.x, bar.y, bar.width, bar.height, bar.middle)]
    drawn += [tick.at for tick in chart.x_ticks + chart.y_ticks]
    assert all(type(value) is int for value in drawn)


def test_the_percent_axis_runs_from_edge_to_edge():
    chart = histogram([])
    assert [tick.value for tick in chart.x_ticks] == [0, 20, 40, 60, 80, 100]
    assert (chart.x_ticks[0].at, chart.x_ticks[-1].at) == (chart.left, chart.right)
    assert (chart.bars[0].from_percent, chart.bars[-1].to_percent) == (0, 100)
