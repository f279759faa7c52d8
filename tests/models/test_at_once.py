"""What one power or one pledge does, said at once, is what reading the arrays again and again says."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.fictional_worlds import World, worlds
from indivisible.architecture.arrays import Arrays, Plane
from indivisible.assess.spillover import pledge_effects, power_effects, with_pledge
from indivisible.models import deterrence, distance
from indivisible.models.at_once import BY_PLEDGE, BY_POWER
from indivisible.models.base import Model, Value, settle

DETERRENCE: tuple[Mapping[str, Value], ...] = (
    {}, {"allies_may_attack": True}, {"fade": 2000.0}, {"allies_may_attack": True, "fade": 500.0},
)  # fmt: skip
DISTANCE: tuple[Mapping[str, Value], ...] = (
    {}, {"reach": 1.0}, {"reach": 0.4, "scale": 8000.0}, {"decay": "linear", "scale": 8000.0, "reach": 1.0},
    {"decay": "linear", "scale": 3000.0}, {"decay": "war_trap", "reach": 0.5},
    {"decay": "war_trap", "normalised": True}, {"forward": 1.0, "reach": 0.7},
)  # fmt: skip
CASES: list[tuple[Model, Mapping[str, Value]]] = [(deterrence, one) for one in DETERRENCE]
CASES += [(distance, one) for one in DISTANCE]


def pairs_of(n: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return np.column_stack(np.triu_indices(n, k=1))


def assert_same(fast: np.ndarray, slow: np.ndarray) -> None:
    assert fast == pytest.approx(slow, rel=1e-7, abs=1e-9, nan_ok=True)
    assert np.array_equal(np.sign(fast), np.sign(slow), equal_nan=True)


@pytest.mark.parametrize(("model", "chosen"), CASES, ids=lambda one: str(getattr(one, "name", one)))
@settings(max_examples=60, deadline=None)
@given(worlds(known=True, most=6), st.data())
def test_at_once_is_what_reading_again_says(
    model: Model, chosen: Mapping[str, Value], world: World, data: st.DataObject
) -> None:
    arrays, ready = world.arrays, settle(model.name, model.parameters, chosen)
    n = len(arrays.states)
    if chosen.get("forward"):
        troops = np.array(
            data.draw(st.lists(st.sampled_from((0.0, 0.0, 2000.0, 9000.0)), min_size=n * n, max_size=n * n))
        )
        arrays = replace(arrays, deployments=Plane.exact(troops.reshape(n, n) * ~np.eye(n, dtype=bool)))
    else:
        arrays = replace(arrays, deployments=Plane.exact(np.zeros((n, n))))
    anything = any(world.power.values()) or chosen.get("decay") != "war_trap"  # shares of nothing are not known
    assert (BY_POWER[model.name](arrays, ready) is not None) == anything
    assert_same(power_effects(model, ready, arrays), power_effects(model, ready, arrays, slowly=True))
    assert (BY_PLEDGE[model.name](arrays, ready) is not None) == anything
    assert_same(
        pledge_effects(model, ready, arrays, pairs_of(n)),
        pledge_effects(model, ready, arrays, pairs_of(n), slowly=True),
    )


@settings(max_examples=40, deadline=None)
@given(worlds(most=5))
def test_where_something_is_not_known_the_slow_way_is_taken(world: World) -> None:
    arrays = world.arrays
    for model in (deterrence, distance):
        ready = settle(model.name, model.parameters)
        fast = power_effects(model, ready, arrays)
        assert_same(fast, power_effects(model, ready, arrays, slowly=True))
        if not (world.bounds or world.unsure) and len(world.places) == len(world.power):
            assert BY_POWER[model.name](arrays, ready) is not None


def test_groups_of_mutual_allies_take_the_slow_way() -> None:
    ready = settle("deterrence", deterrence.parameters, {"rule": "clique"})
    arrays = Arrays.of({"A": 2.0, "B": 1.0, "C": 1.0}, defence=[("A", "B")])
    assert BY_POWER["deterrence"](arrays, ready) is BY_PLEDGE["deterrence"](arrays, ready) is None
    assert power_effects(deterrence, ready, arrays)[0, 2] == pytest.approx(-2 / 3, abs=1e-4)  # of A + B, two thirds


def test_a_pledge_beside_one_of_the_european_union() -> None:
    """Where Article 42(7) does not count, a pledge between two that it binds is a new one."""
    arrays = Arrays.of({"A": 2.0, "B": 1.0, "C": 1.0}, defence=[("A", "B")], treaty="EU_TEU_42_7_2009",
                       places=dict.fromkeys("ABC", (0.0, 0.0)))  # fmt: skip
    for model in (deterrence, distance):
        ready = settle(model.name, model.parameters, {"eu_42_7": False})
        fast = pledge_effects(model, ready, arrays, pairs_of(3))
        assert_same(fast, pledge_effects(model, ready, arrays, pairs_of(3), slowly=True))
        assert fast[0, 0] > 0.0


def test_a_far_ally_lost_beside_a_near_one() -> None:
    """What is left once the heaviest is gone is summed anew, so no digit is lost where it was all but everything."""
    places = {"A": (0.0, 0.0), "B": (0.0, 1.0), "C": (0.0, 170.0), "D": (0.0, 2.0)}
    arrays = Arrays.of({"A": 1e9, "B": 1.0, "C": 1e-3, "D": 1.0}, defence=[("A", "C")], places=places)
    ready = settle("distance", distance.parameters, {"scale": 500.0, "reach": 1.0})
    assert_same(
        pledge_effects(distance, ready, arrays, pairs_of(4)),
        pledge_effects(distance, ready, arrays, pairs_of(4), slowly=True),
    )


def test_a_pledge_is_written_in_both_directions_and_struck_out_whatever_the_treaty() -> None:
    arrays = Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0}, defence=[("A", "B")], pledges=[("A", "C", "offence")])
    without = with_pledge(arrays, 0, 1, held=False)
    assert not without.pledges["defence"].any()
    assert without.pledges["offence"][0, 2]
    again = with_pledge(without, 1, 0, held=True)
    assert again.pledges["defence"].tolist() == arrays.pledges["defence"].tolist()
    ready = settle("deterrence", deterrence.parameters)
    written = Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0}, defence=[("A", "C")])
    nothing = Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0})
    effect = pledge_effects(deterrence, ready, nothing, pairs_of(3))[1]
    change = deterrence.read(written, ready).best - deterrence.read(nothing, ready).best
    assert effect == pytest.approx(change)
    assert effect[1] == pytest.approx(-math.log(2))  # A and C together are twice as strong as either
