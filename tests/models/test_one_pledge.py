"""All one-pledge changes at once equal the slow loop: write one pledge into the arrays, read them again."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "contracts"))

from fictional_worlds import World, worlds

from indivisible.architecture.arrays import Arrays, Promises
from indivisible.errors import QuestionError
from indivisible.models import deterrence
from indivisible.models.base import Settings, Value, settle
from indivisible.models.one_pledge import Held, one_pledge_changes

CHOICES: tuple[dict[str, Value], ...] = (
    {}, {"allies_may_attack": True}, {"gamma": 2.0, "fade": 3000.0}, {"fade": 900.0, "allies_may_attack": True},
)  # fmt: skip


def chosen(**values: Value) -> Settings:
    return settle(deterrence.name, deterrence.parameters, values)


def with_pledge(arrays: Arrays, a: int, b: int, *, on: bool) -> Arrays:
    """The same arrays with a mutual defence pledge between rows a and b, or with none."""
    kept = []
    for made in arrays.promises:
        here = ((made.senders == a) & (made.receivers == b)) | ((made.senders == b) & (made.receivers == a))
        left = ~here if made.kind == "defence" else np.ones_like(here)
        kept.append(replace(made, treaty=made.treaty[left], senders=made.senders[left],
                            receivers=made.receivers[left], certain=made.certain[left]))  # fmt: skip
    if on:
        both = np.array([a, b])
        kept.append(
            Promises("defence", ("NEW",), np.zeros(2, dtype=np.int64), both, both[::-1], np.ones(2, dtype=bool))
        )
    return replace(arrays, promises=tuple(kept))


def slow(arrays: Arrays, ready: Settings) -> dict[tuple[int, int], np.ndarray]:
    """Score with less score without, state by state; no change where both are without attack or without defence."""
    found = {}
    for a, b in combinations(range(len(arrays.states)), 2):
        scores = []
        for on in (True, False):
            reading = deterrence.read(with_pledge(arrays, a, b, on=on), ready)
            scores.append(np.where(reading.unopposed, np.inf, reading.best))
        with np.errstate(invalid="ignore"):
            found[a, b] = np.where(scores[0] == scores[1], 0.0, scores[0] - scores[1])
    return found


def same(fast: np.ndarray, expected: np.ndarray) -> None:
    assert np.array_equal(np.isinf(fast), np.isinf(expected)), (fast, expected)
    finite = np.isfinite(expected)
    assert fast[finite] == pytest.approx(expected[finite], abs=1e-9)
    assert np.array_equal(fast[~finite], expected[~finite])


@st.composite
def spread_worlds(draw: st.DrawFn) -> World:
    """Known worlds, some with powers many orders of magnitude apart."""
    world = draw(worlds(known=True, most=7))
    if draw(st.booleans()):
        power = {s: (p or 0.0) * 10.0 ** draw(st.integers(-9, 9)) for s, p in world.power.items()}
        world = replace(world, power=power)
    return world


@pytest.mark.parametrize("choice", CHOICES, ids=str)
@settings(max_examples=80, deadline=None)
@given(world=spread_worlds())
def test_the_slow_loop(choice: dict[str, Value], world: World) -> None:
    arrays, ready = world.arrays, chosen(**choice)
    found = one_pledge_changes(arrays, ready, full=True)
    expected = slow(arrays, ready)
    assert [tuple(pair) for pair in found.pairs.tolist()] == sorted(expected)
    assert found.all is not None
    third = []
    for row, (a, b) in enumerate(sorted(expected)):
        same(found.all[row], expected[a, b])
        same(found.own[row], expected[a, b][[a, b]])
        third += np.delete(expected[a, b], [a, b]).tolist()
    assert_sums(found.positive, found.negative, third)
    for i in range(len(arrays.states)):
        moved = found.all[(found.pairs != i).all(axis=1), i]
        assert (found.rising[i], found.falling[i]) == ((moved > 0).sum(), (moved < 0).sum())
    assert (found.opened, found.closed) == (third.count(-math.inf), third.count(math.inf))


def assert_sums(positive: float, negative: float, third: Iterable[float]) -> None:
    finite = [x for x in third if math.isfinite(x)]
    assert positive == pytest.approx(sum(x for x in finite if x > 0), abs=1e-9)
    assert negative == pytest.approx(-sum(x for x in finite if x < 0), abs=1e-9)


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_the_slow_loop_in_a_larger_world(choice: dict[str, Value]) -> None:
    """Thirty states in blocs that overlap, a few one-way and offence pledges among them."""
    draw = np.random.default_rng(30)
    names = [f"S{k:02d}" for k in range(30)]
    blocs = [draw.choice(names, size, replace=False) for size in (9, 7, 5, 4)]
    pledges = {(str(a), str(b), "defence") for bloc in blocs for a in bloc for b in bloc if a != b}
    pledges |= {
        (str(a), str(b), kind) for kind in ("defence", "offence") for a, b in draw.choice(names, (6, 2)) if a != b
    }
    places = {name: (float(draw.uniform(-60, 70)), float(draw.uniform(-180, 180))) for name in names}
    power: dict[str, float | None] = {name: float(draw.lognormal(0.0, 2.5)) for name in names}
    arrays, ready = Arrays.of(power, pledges=sorted(pledges), places=places), chosen(**choice)
    found = one_pledge_changes(arrays, ready, full=True)
    assert found.all is not None
    for row, expected in enumerate(slow(arrays, ready).values()):
        same(found.all[row], expected)


def test_what_a_pair_has_pledged_now() -> None:
    arrays = Arrays.of({"A": 3.0, "B": 2.0, "C": 1.0, "D": 1.0}, defence=[("A", "B")],
                       pledges=[("A", "C", "defence"), ("D", "A", "defence")])  # fmt: skip
    found = one_pledge_changes(arrays, chosen())
    held = {("A", "B"): Held.MUTUAL, ("A", "C"): Held.FIRST, ("A", "D"): Held.SECOND, ("B", "C"): Held.NONE}
    for (one, other), expected in held.items():
        assert found.held[found.row(one, other)] == found.held[found.row(other, one)] == expected
    assert found.all is None


def test_a_pledge_between_two_by_hand() -> None:
    """A 3, B 2, C 4, nobody allied. A with B: each defends with 5 instead of 3 or 2, and C faces 5 instead of 3."""
    found = one_pledge_changes(Arrays.of({"A": 3, "B": 2, "C": 4}), chosen(), full=True)
    assert found.all is not None
    row = found.row("A", "B")
    assert found.all[row] == pytest.approx([math.log(5 / 3), math.log(5 / 2), math.log(3 / 5)])
    assert found.own[row] == pytest.approx([math.log(5 / 3), math.log(5 / 2)])
    facing = {
        "A": (4, 6),
        "B": (4, 7),
        "C": (3, 5),
    }  # the strongest that each faces alone, and once the two others ally
    for state, (before, after) in facing.items():
        i = found.states.index(state)
        assert found.losses[i] == pytest.approx(math.log(after / before))
        assert found.gains[i] == 0.0


@settings(max_examples=60, deadline=None)
@given(world=worlds(known=True, most=7), exposed=st.booleans())
def test_no_third_state_gains_from_a_pledge_between_two_others(world: World, exposed: bool) -> None:
    """So the coefficient of indivisibility of pledges is 0 in this model wherever one pledge touches anybody at all."""
    found = one_pledge_changes(world.arrays, chosen(allies_may_attack=exposed))
    assert found.positive == 0.0
    assert found.rising.sum() == found.closed == 0


def test_what_is_not_known_is_refused_by_name() -> None:
    unknown = Arrays.of({"A": 3, "B": None, "C": 4}, bounds={"B": (0.0, 1.0)})
    with pytest.raises(QuestionError, match="not known: B"):
        one_pledge_changes(unknown, chosen())
    doubtful = Arrays.of({"A": 3, "B": 2}, unsure=[("A", "B", "defence")])
    with pytest.raises(QuestionError, match="may or may not hold"):
        one_pledge_changes(doubtful, chosen())
    nowhere = Arrays.of({"A": 3, "B": 2})
    assert one_pledge_changes(nowhere, chosen()).negative == 0.0
    with pytest.raises(QuestionError, match="not known: A, B"):
        one_pledge_changes(nowhere, chosen(fade=2000.0))
    with pytest.raises(QuestionError, match="rule=leader"):
        one_pledge_changes(nowhere, chosen(rule="clique"))


@pytest.mark.parametrize("states", [(), ("A",), ("A", "B")])
def test_worlds_too_small_for_a_third_state(states: tuple[str, ...]) -> None:
    found = one_pledge_changes(Arrays.of(dict.fromkeys(states, 1.0)), chosen(), full=True)
    assert len(found.pairs) == len(states) // 2
    assert found.positive == found.negative == 0.0
    assert (found.own == np.inf).all()  # pledged to one another, neither has anybody left to fear
