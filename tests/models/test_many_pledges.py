"""Packages of pledges read at once, part by part, against each model reading the whole world anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.architecture.architecture import Pledge
from indivisible.architecture.arrays import Arrays, Bools, promises_of
from indivisible.models import arms_race, commitment, contest, deterrence, distance, risk
from indivisible.models.base import Model, Settings, settle
from indivisible.models.many_pledges import at_once
from indivisible.models.pledge_moves import PledgeMoves
from made_up_fits import with_fit

LANDS = tuple("ABCDEFGHIJKLMNOPQR")
KINDS = ("defence", "offence", "consultation", "nonaggression", "neutrality")
PLACES = {land: (50.0 - 3 * n, 7.0 * n) for n, land in enumerate(LANDS)}
Triple = tuple[str, str, str]
MODELS: list[tuple[Model, Mapping[str, float | str]]] = [
    (deterrence, {}), (deterrence, {"fade": 3000.0}), (distance, {}), (commitment, {"kind": "defence"}),
    (commitment, {"kind": "consultation", "scale": "none"}), (contest, {}), (contest, {"beta": 0.05, "gamma": 0.02}),
    (risk, {}), (arms_race, {"shift_camp": 2.0}),
]  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Arrays, list[list[tuple[Triple, int]]]]:
    """A world of up to eighteen lands with pledges, and parts that bring or end some."""
    lands = LANDS[: draw(st.sampled_from((3, 5, 18)))]
    power = {land: float(draw(st.integers(1, 60))) for land in lands}
    pledge = st.tuples(st.sampled_from(lands), st.sampled_from(lands), st.sampled_from(KINDS)).filter(
        lambda one: one[0] != one[1]
    )
    held = draw(st.lists(pledge, max_size=30))
    pair = st.tuples(st.sampled_from(lands), st.sampled_from(lands)).filter(lambda one: one[0] < one[1])
    arrays = Arrays.of(
        {land: power[land] for land in lands}, pledges=held, places={a: PLACES[a] for a in lands},
        hostile=draw(st.lists(pair, max_size=6, unique=True)), borders=draw(st.lists(pair, max_size=8, unique=True)),
        expenditure=power,
    )  # fmt: skip
    left, parts = list(held), []
    for _ in range(draw(st.integers(1, 3))):
        new = draw(st.lists(pledge, max_size=draw(st.sampled_from((3, 25)))))
        gone = draw(st.lists(st.sampled_from(left), max_size=4, unique=True)) if left else []
        for one in gone:
            left.remove(one)
        parts.append([(one, 1) for one in new] + [(one, -1) for one in gone])
    return arrays, parts


def moves_of(arrays: Arrays, part: list[tuple[Triple, int]]) -> dict[str, PledgeMoves]:
    row = {land: i for i, land in enumerate(arrays.states)}
    found = {}
    for kind in KINDS:
        listed = [(row[a], row[b], by) for (a, b, k), by in part if k == kind]
        table = np.array(listed, dtype=np.int64).reshape(-1, 3)
        found[kind] = PledgeMoves.summed(table[:, 0], table[:, 1], table[:, 2])
    return found


def with_parts(arrays: Arrays, parts: list[list[tuple[Triple, int]]]) -> Arrays:
    listed: list[Triple] = []
    for made in arrays.promises:
        ends = zip(made.senders.tolist(), made.receivers.tolist(), strict=True)
        listed += [(arrays.states[a], arrays.states[b], made.kind) for a, b in ends]
    for part in parts:
        for one, by in part:
            if by > 0:
                listed.append(one)
            else:
                listed.remove(one)
    pledges = [Pledge(a, b, kind, "PACT", "", True, ()) for a, b, kind in listed]
    return replace(arrays, promises=promises_of(pledges, arrays.states))


@pytest.mark.parametrize(("model", "chosen"), MODELS, ids=lambda one: getattr(one, "name", None) or str(one))
@settings(max_examples=40, deadline=None)
@given(worlds())
def test_it_is_what_the_model_reads(
    model: Model, chosen: Mapping[str, float | str], world: tuple[Arrays, list[list[tuple[Triple, int]]]]
) -> None:
    arrays, parts = world
    constants: Settings = with_fit(settle(model.name, model.parameters, chosen))
    quick = at_once(arrays, constants)
    assert quick is not None
    before, stand = model.read(arrays, constants), quick.begin()
    added, gone = ({kind: np.zeros((len(arrays.states),) * 2, dtype=bool) for kind in KINDS} for _ in range(2))
    for n, part in enumerate(parts, 1):
        stand = quick.moved(stand, moves_of(arrays, part))
        after = model.read(with_parts(arrays, parts[:n]), constants)
        with np.errstate(invalid="ignore"):
            change = after.best - before.best
            if model.name == arms_race.name:  # it takes what is not known at its lowest, where scores are highest
                change = after.high - before.high
                change[~(np.isfinite(after.high) & np.isfinite(before.high))] = np.nan
        change = np.where(before.unopposed & ~after.unopposed, -np.inf, change)
        change = np.where(~before.unopposed & after.unopposed, np.inf, change)
        found = quick.change(stand)
        both = before.unopposed & after.unopposed
        if model.name == contest.name and np.isnan(found).all() and not np.isnan(change).all():
            assert min(after.parts(i)[0].value for i in range(len(arrays.states))) < 1e-8  # an effort at its edge
            continue
        same = np.isclose(found, change, rtol=0.0, atol=1e-9, equal_nan=True) | both
        assert same.all(), (found, change)
        told(arrays, part, added, gone)
        most = quick.most(added, gone)
        assert (~(change > most + 1e-9)).all()


def told(arrays: Arrays, part: list[tuple[Triple, int]], added: dict[str, Bools], gone: dict[str, Bools]) -> None:
    row = {land: i for i, land in enumerate(arrays.states)}
    for (a, b, kind), by in part:
        (added if by > 0 else gone)[kind][row[a], row[b]] = True


def test_there_is_none_where_more_hangs_on_a_pledge() -> None:
    arrays = Arrays.of({"A": 1.0, "B": 2.0}, places={"A": (0.0, 0.0), "B": (1.0, 1.0)})
    assert at_once(arrays, settle("deterrence", deterrence.parameters, {"allies_may_attack": "yes"})) is None
    assert at_once(arrays, settle("distance", distance.parameters, {"reach": 0.5})) is None
    assert at_once(arrays, settle("distance", distance.parameters, {"forward": 1.0})) is None


def test_there_is_none_where_something_is_in_doubt() -> None:
    doubted = Arrays.of({"A": 1.0, "B": 2.0, "C": 1.0}, unsure=[("A", "B", "defence")], expenditure={"A": 1.0})
    for model in (contest, risk, arms_race):
        assert at_once(doubted, with_fit(settle(model.name, model.parameters))) is None
    unknown = Arrays.of({"A": None, "B": 2.0, "C": 1.0})
    for model in (deterrence, risk):
        assert at_once(unknown, with_fit(settle(model.name, model.parameters))) is None


def test_a_contest_that_gains_or_loses_its_equilibrium_is_not_known() -> None:
    lands = tuple("ABCDEF")
    arrays = Arrays.of(dict.fromkeys(lands, 1.0))
    none = moves_of(arrays, [])
    every = moves_of(arrays, [((a, b, "defence"), 1) for a in lands[:1] for b in lands if a != b])
    quick = at_once(arrays, settle("contest", contest.parameters, {"beta": 0.3}))
    assert quick is not None
    assert (quick.change(quick.moved(quick.begin(), none)) == 0.0).all()
    assert np.isnan(quick.change(quick.moved(quick.begin(), every))).all()
    still = at_once(arrays, settle("contest", contest.parameters, {"beta": 0.0}))
    assert still is not None
    assert (still.change(still.moved(still.begin(), every)) == 0.0).all()
