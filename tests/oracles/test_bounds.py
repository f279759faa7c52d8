"""Bounds attacked with slow oracles: whatever the unknown powers and the doubtful pledges are, the change lies inside.

First on small worlds with every coalition tried, then on the real record with random fillings of all that is not known.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from pathlib import Path

import jackson_nei
import numpy as np
import pytest
import slow_distance
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "contracts"))

from fictional_worlds import World, at_one_point, changed, worlds

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.change import load_change
from indivisible.assess.comparison import Comparison, compare
from indivisible.models import deterrence, distance
from indivisible.models.base import Model, Value, settle
from indivisible.record.load import load

Oracle = Callable[[str, World], float]


def by_coalitions(chosen: dict[str, Value]) -> Oracle:
    rule, exposed = str(chosen.get("rule", "leader")), bool(chosen.get("allies_may_attack", False))
    gamma = float(str(chosen.get("gamma", 1.0)))

    def score(i: str, world: World) -> float:
        power = {state: value or 0.0 for state, value in world.power.items()}
        margin = gamma * jackson_nei.margin(i, power, world.pledges, rule=rule, exposed=exposed)
        return math.log(margin) if margin > 0 else -math.inf

    return score


def by_distance(chosen: dict[str, Value]) -> Oracle:
    def score(i: str, world: World) -> float:
        power = {state: value or 0.0 for state, value in world.power.items()}
        return slow_distance.score(i, power, world.pledges, world.places, **chosen)  # type: ignore[arg-type]

    return score


CASES: list[tuple[Model, dict[str, Value], Callable[[dict[str, Value]], Oracle]]] = [
    (deterrence, {}, by_coalitions),
    (deterrence, {"allies_may_attack": True, "gamma": 2.0}, by_coalitions),
    (deterrence, {"rule": "clique"}, by_coalitions),
    (deterrence, {"rule": "clique", "allies_may_attack": True}, by_coalitions),
    (distance, {}, by_distance),
    (distance, {"reach": 1.0}, by_distance),
    (distance, {"decay": "linear", "scale": 7000.0, "reach": 0.3}, by_distance),
    (distance, {"decay": "war_trap"}, by_distance),
]


@pytest.mark.parametrize(("model", "chosen", "oracle"), CASES, ids=[f"{m.name}-{c}" for m, c, _ in CASES])
@settings(max_examples=15, deadline=None)
@given(world=worlds(most=5), data=st.data(), seed=st.integers(0, 2**32 - 1))
def test_no_point_of_what_is_unknown_lies_outside(
    model: Model, chosen: dict[str, Value], oracle: Callable[[dict[str, Value]], Oracle], world: World,
    data: st.DataObject, seed: int,
) -> None:  # fmt: skip
    after = data.draw(changed(world))
    ready, score, draw = settle(model.name, model.parameters, chosen), oracle(chosen), np.random.default_rng(seed)
    low, high = model.change_bounds(world.arrays, after.arrays, ready)
    readings = [model.read(w.arrays, ready) for w in (world, after)]
    for _ in range(12):
        points = at_one_point(draw, world, after)
        for i, state in enumerate(sorted(world.power)):
            old, new = (score(state, point) for point in points)
            for reading, value in zip(readings, (old, new), strict=True):
                assert value == math.inf if reading.unopposed[i] else near(reading.low[i], value, reading.high[i])
            if old == new == -math.inf:
                continue  # no defence at all both times: the change is the limit for ever smaller powers
            assert near(low[i], 0.0 if old == new else new - old, high[i]), (state, low[i], new - old, high[i])


def near(low: float, value: float, high: float) -> bool:
    return bool(low - 1e-7 <= value <= high + 1e-7)


# the real record

SAMPLES = 60


@pytest.fixture(scope="module", params=["nordic-accession", "csto-1999-lapse"])
def real(request: pytest.FixtureRequest) -> Comparison:
    return compare(load(), load_change(request.param))


def ties(architecture: Architecture, states: tuple[str, ...], held: set[tuple[str, ...]]) -> dict[str, np.ndarray]:
    """Matrices [a, b] of what a is pledged to b, those in doubt by whether they are `held`."""
    row = {state: i for i, state in enumerate(states)}
    found = {kind: np.zeros((len(states), len(states)), dtype=bool) for kind in ("defence", "offence")}
    for p in architecture.pledges:
        holds = p.certain or (p.sender, p.receiver, p.kind, p.treaty) in held
        if holds and p.kind in found and p.sender in row and p.receiver in row:
            found[p.kind][row[p.sender], row[p.receiver]] = True
    return found


def plain_deterrence(power: np.ndarray, tied: dict[str, np.ndarray], _: np.ndarray) -> np.ndarray:
    free = ~(tied["defence"] | tied["defence"].T | np.eye(len(power), dtype=bool))
    brings = tied["defence"] | tied["offence"] | np.eye(len(power), dtype=bool)
    attack = (free * power) @ brings
    defence = power + tied["defence"].T @ power
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(np.where(free & (attack > 0), defence[:, None] / attack, np.inf).min(axis=1))


def plain_distance(power: np.ndarray, tied: dict[str, np.ndarray], km: np.ndarray) -> np.ndarray:
    arrives = power[:, None] * np.exp(-km / 2000.0)
    ours = tied["defence"] | np.eye(len(power), dtype=bool)
    with np.errstate(divide="ignore"):
        return np.log((arrives * ours).sum(axis=0)) - np.log((arrives * ~ours).sum(axis=0))


@pytest.mark.parametrize(("model", "plain"), [(deterrence, plain_deterrence), (distance, plain_distance)])
def test_no_filling_of_the_real_record_lies_outside(
    real: Comparison, model: Model, plain: Callable[..., np.ndarray]
) -> None:
    ready = settle(model.name, model.parameters)
    low, high = model.change_bounds(real.arrays_before, real.arrays_after, ready)
    power, states, draw = real.arrays_before.power, real.arrays_before.states, np.random.default_rng(20230403)
    doubts = sorted({(p.sender, p.receiver, p.kind, p.treaty) for a in (real.before, real.after) for p in a.pledges
                     if not p.certain})  # fmt: skip
    assert doubts
    assert (power.low < power.high).any()
    for n in range(SAMPLES):
        most = np.minimum(power.high, 1e19)
        free = draw.choice([0.0, 1.0, *draw.random(3)], len(states)) ** draw.choice([1.0, 20.0])
        filled = np.where(power.low == power.high, power.low, power.low + free * (most - power.low))
        share = (0.0, 1.0, 0.5, draw.random())[n % 4]
        held = {doubt for doubt in doubts if draw.random() < share}
        old, new = (plain(filled, ties(one, states, held), real.arrays_before.distance)
                    for one in (real.before, real.after))  # fmt: skip
        with np.errstate(invalid="ignore"):
            moved = np.where((old == new) & (old == np.inf), 0.0, new - old)
        outside = ~np.isnan(moved) & ((moved < low - 1e-9) | (moved > high + 1e-9))
        assert not outside.any(), [(states[i], low[i], moved[i], high[i]) for i in np.flatnonzero(outside)]
