"""Every kind of step on random worlds: nothing happens that a model says it cannot show of such a step."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "architecture"))

import changes_world
from changes_world import LANDS, make

from indivisible.architecture.architecture import Architecture, Figure, Pledge
from indivisible.architecture.arrays import changed_fields, known_ties, pairs_of
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.steps import actors_of, apply
from indivisible.architecture.to_arrays import to_arrays
from indivisible.errors import ChangeError
from indivisible.models import MODELS
from indivisible.models.base import STEP_KINDS, Value, settle
from indivisible.record.record import Record
from indivisible.values import Estimate
from made_up_fits import with_fit

ONE = {
    "accede": "state: {a}, organization: PACT",
    "cap": "state: {a}, figure: {figure}, at_most: {n}",
    "denounce": "state: {a}, treaty: LEAGUE",
    "deploy": "state: {a}, host: {b}, personnel: {n}",
    "dissolve": "organization: PACT",
    "enact": "treaty: DRAFT, effects: [{{do: {effect}, from: {a}, to: {b}, kind: defence, mutual: true}}]",
    "found": "organization: RING, members: [{a}, {b}, {c}], pledges: [{{kind: {kind}, among: members}}]",
    "observe": "state: {a}, organization: PACT",
    "pledge": "from: {a}, to: {b}, kind: {kind}",
    "ratify": "state: {a}, treaty: {treaty}",
    "release": "from: {a}, to: {b}, kind: {kind}",
    "remove": "deployment: DEP_BASE",
    "set": "state: {a}, figure: {figure}, value: {n}",
    "suspend": "state: {a}, treaty: {followed}",
    "withdraw": "state: {a}, organization: PACT",
}
"""A step of each kind, taken by one land (or by all that it binds together)."""
CHOSEN: dict[str, list[dict[str, Value]]] = {
    "allocation": [{}, {"output": "possible"}],
    "arms-race": [{}, {"shift_camp": -10.0}, {"shift_camp": -10.0, "shift_neighbour": -10.0}],
    "commitment": [{}, {"kind": "offence", "scale": None}, {"kind": "consultation"}],
    "contest": [{}, {"beta": 0.3, "gamma": 0.3}],
    "deterrence": [{}, {"allies_may_attack": True}, {"rule": "clique"}, {"fade": 2000.0}],
    "distance": [
        {},
        {"reach": 1.0},
        {"decay": "linear", "scale": 9000.0},
        {"forward": 1.0, "garrison": 5.0},
        {"forward": 0.5, "garrison": 20.0, "reach": 0.5},
    ],
    "landscape": [{}, {"weights": "power"}, {"friends": "defence_or_nonaggression"}],
    "risk": [{}, {"shift_backing": -10.0}],
}
READY = [
    (model, chosen, with_fit(settle(model.name, model.parameters, chosen)))
    for model in MODELS
    for chosen in CHOSEN[model.name]
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return changes_world.record(tmp_path_factory.mktemp("world") / "facts", more=changes_world.league())


@pytest.fixture(scope="module")
def day(world: Record) -> Architecture:
    return as_of(world, changes_world.DAY)


@st.composite
def architectures(draw: st.DrawFn, day: Architecture) -> Architecture:
    """The five lands on their day with other figures, places and some pledges more, a few of them in doubt."""
    number = st.integers(1, 9).map(float)
    figures = {
        (land, field): Figure(land, field, Estimate(n, n, n), 2009, ("world.csv:1",))
        for land in LANDS
        for field in ("population", "gdp_current_usd", "military_expenditure_usd")
        if (n := draw(number))
    }
    degrees = st.integers(-70, 70).map(float)
    pairs = [(a, b, kind) for a in LANDS for b in LANDS if a != b for kind in ("defence", "offence")]
    more = draw(st.sets(st.sampled_from(pairs), max_size=6))
    pledges = tuple(
        Pledge(a, b, kind, "OTHER", "Art. 1", draw(st.integers(0, 5)) > 0, ("world.csv:1",))
        for a, b, kind in sorted(more)
    )
    return replace(
        day,
        figures=figures,
        capitals={land: (draw(degrees), draw(degrees)) for land in LANDS},
        pledges=(*day.pledges, *pledges),
        borders=frozenset((a, b) for a in LANDS for b in LANDS if a != b),
    )


def test_a_step_of_every_kind_is_tried() -> None:
    assert tuple(sorted(ONE)) == STEP_KINDS


@pytest.mark.parametrize("kind", STEP_KINDS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_kind_of_step_shows_what_a_model_denies(
    kind: str, data: st.DataObject, world: Record, day: Architecture
) -> None:
    """One world and step for all models and settings: to make a world takes longer than to ask all of them."""
    lands = data.draw(st.permutations(LANDS))
    words = {
        **dict(zip("abc", lands, strict=False)),
        "figure": data.draw(st.sampled_from(("population", "gdp_current_usd", "military_expenditure_usd"))),
        "n": data.draw(st.integers(1, 9)),
        "effect": data.draw(st.sampled_from(("pledge", "release"))),
        "kind": data.draw(st.sampled_from(("consultation", "defence", "nonaggression", "offence"))),
        "treaty": data.draw(st.sampled_from(("LEAGUE", "COVENANT"))),
        "followed": data.draw(st.sampled_from(("LEAGUE", "PACT_TREATY"))),
    }
    step = make(f"do: {kind}, {ONE[kind].format(**words)}")
    before = data.draw(architectures(day))
    try:
        after = apply(before, step, world)
    except ChangeError:
        assume(False)
    pairs = st.sets(st.sampled_from([(a, b) for a in LANDS for b in LANDS if a < b]), max_size=4)
    hostile = known_ties(pairs_of(data.draw(pairs), before.states))
    arrays = tuple(replace(to_arrays(one, hostility="none"), hostility=hostile) for one in (before, after))
    actors, touches = actors_of(step, before, world), changed_fields(*arrays)
    for model, chosen, ready in READY:
        sight = model.can_show(kind, ready, touches=touches)
        low, high = model.change_bounds(*arrays, ready)
        for land, lowest, highest in zip(LANDS, low, high, strict=True):
            own, where = land in actors, (model.name, chosen, land)
            assert (sight.actor_gains if own else sight.third_gains) or lowest <= 1e-9, (*where, "gains")
            assert (sight.actor_loses if own else sight.third_loses) or highest >= -1e-9, (*where, "loses")
