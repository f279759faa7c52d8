"""Strategic stability: toy numbers, a plain loop as slow version, and the table of leakage."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.strategic_stability import (
    Defence,
    Side,
    damage,
    drawdown,
    first_strike_stability,
    kill_probability,
    leakage,
    none_through,
    shots_needed,
)

SIX = 5.1e-7


@pytest.mark.parametrize(
    ("vulnerable", "first", "waiting", "index"),
    [  # models.md section 14, a toy: 4000 warheads each, s = 800, lambda = .3, one kills three; not RAND's numbers
        (0, None, None, 1.0),
        (2000, 0.922644, 1.008861, 0.836384),
        (3800, 0.231211, 1.200267, 0.037108),
    ],
)
def test_toy(vulnerable: float, first: float | None, waiting: float | None, index: float) -> None:
    side = Side(4000, vulnerable, 800, kills=3)
    found = first_strike_stability(side, side)
    assert found.index == pytest.approx(index, abs=SIX)
    if first is not None:
        assert found.first == pytest.approx((first, first), abs=SIX)
        assert found.waiting == pytest.approx((waiting, waiting), abs=SIX)
    single = Side(4000, vulnerable, 800, kills=1)  # section 14: without several kills for one, 1 for all three
    assert first_strike_stability(single, single).index == pytest.approx(1.0, abs=1e-12)


def test_nothing_to_fear_and_nothing_to_gain() -> None:
    nobody = Side(0, 0, 800, weight=0.0)
    assert first_strike_stability(nobody, nobody).index == 1.0  # costs of 0 on both hands


def test_a_ratio_above_one_counts_as_one() -> None:
    """A strike spent on warheads does less damage: who waits for it may fare better, and that excuses nobody."""
    one, other = Side(4000, 3000, 800), Side(1000, 0, 800, kills=5)
    found = first_strike_stability(one, other)
    assert found.first[0] > found.waiting[0]
    assert found.index == pytest.approx(found.first[1] / found.waiting[1])


def slow_index(one: Side, other: Side) -> float:
    costs = {}
    for name, striker, struck in (("one", one, other), ("other", other, one)):
        tried = []
        for step in range(101):
            through = float(drawdown(striker.warheads, struck.defence))
            left = struck.warheads - min(struck.vulnerable, striker.kills * step / 100 * through)
            hit = 1 - math.exp(-(1 - step / 100) * through / struck.scale)
            back = 1 - math.exp(-float(drawdown(left, striker.defence)) / striker.scale)
            tried.append((back + striker.weight * (1 - hit), hit + struck.weight * (1 - back)))
        costs[name] = min(tried, key=lambda pair: pair[0])
    ratios = [costs["one"][0] / costs["other"][1], costs["other"][0] / costs["one"][1]]
    return math.prod(min(ratio, 1.0) for ratio in ratios)


@st.composite
def sides(draw: st.DrawFn) -> Side:
    warheads = draw(st.integers(1, 6000))
    defence = st.builds(Defence, st.integers(0, 2000), st.integers(1, 6), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
    return Side(
        warheads,
        draw(st.integers(0, warheads)),
        draw(st.integers(100, 2000)),
        kills=draw(st.sampled_from([0.5, 1.0, 2.0, 3.0])),
        weight=draw(st.floats(0.05, 1.0)),
        defence=draw(st.none() | defence),
    )


@settings(max_examples=60, deadline=None)
@given(sides(), sides())
def test_slow_version_and_exchange_of_sides(one: Side, other: Side) -> None:
    found, turned = first_strike_stability(one, other), first_strike_stability(other, one)
    assert 0.0 <= found.index <= 1.0
    assert found.index == turned.index
    assert (found.first, found.waiting) == (turned.first[::-1], turned.waiting[::-1])
    assert found.index == pytest.approx(slow_index(one, other), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(sides(), sides(), st.sampled_from([0.5, 2.0, 8.0]))
def test_units_of_warheads_do_not_matter(one: Side, other: Side, unit: float) -> None:
    def larger(side: Side) -> Side:
        had = side.defence
        defence = had and Defence(had.interceptors * unit, had.shots, had.track, had.kill)
        return Side(side.warheads * unit, side.vulnerable * unit, side.scale * unit,
                    kills=side.kills, weight=side.weight, defence=defence)  # fmt: skip

    before = first_strike_stability(one, other)
    assert first_strike_stability(larger(one), larger(other)).index == pytest.approx(before.index, abs=1e-9)


@pytest.mark.parametrize(
    ("warheads", "track", "kill", "shots", "killed", "none", "none_common"),
    [  # models.md section 14
        (4, 0.99, 0.8, 4, 0.988416, 0.954463, 0.983679),
        (10, 0.99, 0.8, 2, 0.950400, 0.601263, 0.658184),
        (20, 0.99, 0.8, 4, 0.988416, 0.792128, 0.958797),
        (20, 0.95, 0.7, 4, 0.942305, 0.304670, 0.807386),
        (100, 0.99, 0.8, 4, 0.988416, 0.311872, 0.843514),
    ],
)
def test_leakage_table(
    warheads: int, track: float, kill: float, shots: int, killed: float, none: float, none_common: float
) -> None:
    assert kill_probability(track, kill, shots) == pytest.approx(killed, abs=SIX)
    assert none_through(warheads, track, kill, shots) == pytest.approx(none, abs=SIX)
    assert none_through(warheads, track, kill, shots, common_track=True) == pytest.approx(none_common, abs=SIX)
    chances = leakage(warheads, kill_probability(track, kill, shots))
    assert chances.sum() == pytest.approx(1.0, abs=1e-12)
    assert chances[0] == pytest.approx(none, abs=SIX)
    expected = float(np.arange(warheads + 1) @ chances)
    enough = Defence(warheads * shots, shots, track, kill)
    assert expected == pytest.approx(float(drawdown(warheads, enough)), abs=1e-9)


def test_numbers_of_the_defence() -> None:
    # models.md section 14
    assert float(drawdown(100, Defence(400, 4, 0.99, 0.8))) == pytest.approx(1.1584, abs=5.1e-5)
    assert leakage(4, 0.9504) == pytest.approx([0.815879, 0.170318, 0.013333, 0.000464, 0.000006], abs=SIX)
    needed = shots_needed(20, 0.995, 0.8, 0.8)
    assert needed == pytest.approx(3.166, abs=5.1e-4)
    assert kill_probability(0.995, 0.8, needed or 0.0) == pytest.approx(0.988905, abs=SIX)


def test_shots_on_each_side_of_the_bound() -> None:
    assert shots_needed(1, 0.9, 0.5, 0.9) is None  # tracking alone allows no more: at the bound never
    assert shots_needed(1, 0.9, 0.5, 0.899) is not None
    assert shots_needed(1, 0.9, 0.0, 0.1) is None
    assert shots_needed(1, 0.9, 1.0, 0.9) == 1.0
    assert shots_needed(1, 0.9, 1.0, 0.91) is None
    assert shots_needed(1, 0.0, 0.5, 0.0) == 0.0


def test_interceptors_run_out() -> None:
    """By hand: 100 interceptors, two shots each: 50 of 80 are engaged, each killed by .75; 30 are not."""
    assert float(drawdown(80, Defence(100, 2, 1.0, 0.5))) == pytest.approx(30 + 50 * 0.25)
    assert float(drawdown(80, None)) == 80.0


@given(st.integers(0, 60), st.floats(0.0, 1.0))
def test_leakage_slow_version(warheads: int, killed: float) -> None:
    slow = [math.comb(warheads, x) * (1 - killed) ** x * killed ** (warheads - x) for x in range(warheads + 1)]
    assert leakage(warheads, killed) == pytest.approx(slow, abs=1e-10)


@given(st.floats(0.0, 5000.0), st.floats(0.0, 5000.0), st.integers(0, 1000), st.floats(0.0, 1.0))
def test_more_arriving_more_through(few: float, more: float, interceptors: int, kill: float) -> None:
    defence = Defence(interceptors, 2, 0.95, kill)
    low, high = sorted((few, more))
    assert drawdown(low, defence) <= drawdown(high, defence) + 1e-9
    assert damage(low, 800.0) <= damage(high, 800.0)


def test_questions_that_cannot_be_understood() -> None:
    for wrong in ((10, 11, 800), (10, -1, 800), (10, 5, 0), (math.nan, 5, 800)):
        with pytest.raises(QuestionError):
            Side(*wrong)
    for chances in ((1.1, 0.5, 1.0), (0.5, -0.1, 1.0), (0.5, 0.5, -1.0)):
        with pytest.raises(QuestionError):
            kill_probability(*chances)
    with pytest.raises(QuestionError):
        Defence(100, 0, 0.9, 0.9)
    with pytest.raises(QuestionError):
        leakage(-1, 0.5)
    with pytest.raises(QuestionError):
        shots_needed(0, 0.9, 0.9, 0.9)
    with pytest.raises(QuestionError):
        first_strike_stability(Side(1, 0, 1), Side(1, 0, 1), steps=0)
