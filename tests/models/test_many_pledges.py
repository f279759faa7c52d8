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
from indivisible.models import commitment, deterrence, distance
from indivisible.models.base import Model, Settings, settle
from indivisible.models.many_pledges import PledgeMoves, at_once

LANDS = tuple("ABCDEFGHIJKLMNOPQR")
KINDS = ("defence", "offence", "consultation")
PLACES = {land: (50.0 - 3 * n, 7.0 * n) for n, land in enumerate(LANDS)}
Triple = tuple[str, str, str]
MODELS: list[tuple[Model, Mapping[str, float | str]]] = [
    (deterrence, {}), (deterrence, {"fade": 3000.0}), (distance, {}), (commitment, {"kind": "defence"}),
    (commitment, {"kind": "consultation", "scale": "none"}),
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
    arrays = Arrays.of({land: power[land] for land in lands}, pledges=held, places={a: PLACES[a] for a in lands})
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
    constants: Settings = settle(model.name, model.parameters, chosen)
    quick = at_once(arrays, constants)
    assert quick is not None
    before, stand = model.read(arrays, constants), quick.begin()
    added, gone = ({kind: np.zeros((len(arrays.states),) * 2, dtype=bool) for kind in KINDS} for _ in range(2))
    for n, part in enumerate(parts, 1):
        stand = quick.moved(stand, moves_of(arrays, part))
        after = model.read(with_parts(arrays, parts[:n]), constants)
        with np.errstate(invalid="ignore"):
            change = after.best - before.best
        change = np.where(before.unopposed & ~after.unopposed, -np.inf, change)
        change = np.where(~before.unopposed & after.unopposed, np.inf, change)
        found = quick.change(stand)
        both = before.unopposed & after.unopposed
        same = np.isclose(found, change, rtol=0.0, atol=1e-9) | both
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
