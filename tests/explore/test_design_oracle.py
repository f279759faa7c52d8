"""Searches of every kind of lever, demand, wish and limit against a slow oracle that assesses package after package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import design_worlds as lands
import pytest
import random_levers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indivisible.apps.design_saving import change_text_of
from indivisible.architecture.change import Change, change_of
from indivisible.architecture.change_file import parse_table
from indivisible.architecture.duties import duties_on
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.steps import apply
from indivisible.assess.assess import assess
from indivisible.assess.robustness import Depth
from indivisible.assess.vacuum_levels import levels_of
from indivisible.assess.verdict import threshold
from indivisible.errors import ChangeError, UnknownName
from indivisible.explore import full
from indivisible.explore.bounds import bounds
from indivisible.explore.demand import Demand
from indivisible.explore.design import Found, design, examiner_of
from indivisible.explore.design_case import PREFERENCES, DesignCase
from indivisible.explore.lever import Lever
from indivisible.values import day_of

MODELS = ("deterrence", "distance", "commitment", "contest", "landscape", "allocation")
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]
BEFORE = as_of(random_levers.world(), day_of(random_levers.DAY))
LAND = st.sampled_from(random_levers.LANDS)


def perhaps(draw: st.DrawFn, one_in: int) -> bool:
    return draw(st.integers(1, one_in)) == 1


@st.composite
def questions(draw: st.DrawFn) -> DesignCase:
    """A case with anything that a case may have."""
    levers = draw(random_levers.levers(most=4))
    ids = [lever.split(",")[0][4:] for lever in levers]
    for k, lever in enumerate(levers):
        if k and perhaps(draw, 5):
            lever += f", {draw(st.sampled_from(('requires', 'excludes')))}: [{draw(st.sampled_from(ids[:k]))}]"
        if perhaps(draw, 5):
            lever += f", consent: {{states: [{draw(LAND)}]}}"
        levers[k] = lever
    models = draw(st.lists(st.sampled_from(MODELS), min_size=1, max_size=2, unique=True))
    harm = [f"models: [{', '.join(models)}]", f"materiality: {draw(st.sampled_from((0, 0.01, 0.3)))}"]
    if perhaps(draw, 2):
        harm.append(f"states: [{', '.join(draw(st.lists(LAND, min_size=1, max_size=4, unique=True)))}]")
    if perhaps(draw, 6):
        harm.append(f"draws: {{count: 3, seed: 1, most: {draw(st.sampled_from((0, 0.5)))}}}")
    wishes = draw(st.lists(st.sampled_from(PREFERENCES), min_size=1, max_size=3, unique=True))
    aims = [f"prefer: [{', '.join(wishes)}]"]
    aims += [f"{aim}: [{draw(LAND)}]" for aim in ("gain", "covered") if perhaps(draw, 4)]
    if perhaps(draw, 5):
        pair = draw(st.lists(LAND, min_size=2, max_size=3, unique=True))
        aims += [f"closed: [{draw(st.sampled_from(('defence', 'terrorism')))}]", f"vacuum: [{', '.join(pair)}]"]
    limits = [f"{key}: {draw(st.integers(1, 4))}" for key in ("levers", "steps", "in_full") if perhaps(draw, 4)]
    limits += [f"evaluations: {draw(st.integers(1, 6))}"] if perhaps(draw, 4) else []
    more = f"harm: {{{', '.join(harm)}}}\naims: {{{', '.join(aims)}}}\nlimits: {{{', '.join(limits)}}}\n"
    return lands.case(levers, more=more + (f"must: [{draw(st.sampled_from(ids))}]\n" if perhaps(draw, 4) else ""))


@dataclass(frozen=True)
class Said:
    """What a package fails, and what it is worth by wish and model."""

    fails: frozenset[Demand]
    worth: dict[tuple[str, str | None], tuple[float, ...]]


def steps_of(package: Sequence[Lever]) -> int:
    return sum(len(lever.steps) for lever in package)


def allowed(case: DesignCase) -> Iterator[tuple[Lever, ...]]:
    limits = case.limits
    for size in range(1 + min(len(case.levers), limits.levers or len(case.levers))):
        for package in combinations(case.levers, size):
            ids = {one.id for one in package}
            kept = all(set(one.requires) <= ids and not set(one.excludes) & ids for one in package)
            if kept and (limits.steps is None or steps_of(package) <= limits.steps):
                yield package


def oracle(case: DesignCase) -> dict[frozenset[str], Said]:
    """Every package that can be taken, assessed as the change file that would be saved for it."""
    found = {}
    for package in allowed(case):
        change = Change("x", "X", "", (), ())
        if package:
            change = change_of(parse_table(change_text_of("x", "X", package, ()), "x.yml"))
        try:
            found[frozenset(one.id for one in package)] = judged(case, package, change)
        except (ChangeError, UnknownName):
            continue
    return found


def judged(case: DesignCase, package: Sequence[Lever], change: Change) -> Said:
    harm, aims, taken = case.harm, case.aims, {one.id for one in package}
    examiner = examiner_of(random_levers.world(), case)  # for the names of what is watched, and units
    depth = Depth(harm.draws, harm.seed, False, 1)
    told = assess(
        random_levers.world(), change, on=random_levers.DAY, models=harm.models, materiality=harm.materiality,
        depth=depth,
    )  # fmt: skip
    after = apply(BEFORE, change, random_levers.world())
    fails = {Demand("taken", one) for one in case.must if one not in taken}
    if not package and not case.must and not aims.gain:
        fails.add(Demand("something"))
    sure = {
        one.receiver for one in after.pledges if one.kind == "defence" and one.certain and one.sender != one.receiver
    }
    fails |= {Demand("covered", land) for land in aims.covered if land not in sure}
    fails |= {Demand("closed", one) for one in aims.closed if cells(after, aims.vacuum, one, surely=True)}
    worth: dict[tuple[str, str | None], tuple[float, ...]] = {
        ("fewest_levers", None): (-len(package),), ("most_levers", None): (len(package),),
        ("fewest_steps", None): (-steps_of(package),), ("most_steps", None): (steps_of(package),),
    }  # fmt: skip
    if "least_vacuum" in aims.prefer:
        domains = ("defence", "arms_control", "incidents", "terrorism", "biological", "economic")
        worth["least_vacuum", None] = (-sum(cells(after, aims.vacuum, one, surely=False) for one in domains),)
    for one in told.models:
        label = f"{one.model} ({one.output})" if one.output else one.model
        by = {state.state: state for state in one.states}
        least = -threshold(one.scale, harm.materiality, examiner.first_readings[label].unit) - 1e-12
        lost = {
            land for land, s in by.items() if s.verdict == "loses" or (s.verdict == "unknown" and not s.low >= least)
        }
        fails |= {Demand("no_loss", land, label) for land in examiner.watched if land in lost}
        fails |= {Demand("gain", land, label) for land in aims.gain if by[land].verdict != "gains"}
        fails |= {
            Demand("consent", land, label, lever.id)
            for lever in package for land in lever.consent_states if land in lost
        }  # fmt: skip
        if harm.draws and one.drawn is not None:
            shares = {land: one.drawn.share(land, "loses") + one.drawn.share(land, "unknown") for land in by}
            fails |= {Demand("robust", land, label) for land in examiner.watched if shares[land] > harm.most}
        worth["most_gain", label] = (float(sum(by[land].verdict == "gains" for land in examiner.watched)),)
        worth["leximin", label] = tuple(sorted(round(by[land].low, 9) for land in examiner.watched))
    return Said(frozenset(fails), {key: value for key, value in worth.items() if key[0] in aims.prefer})


def cells(after: Any, named: Sequence[str], domain: str, *, surely: bool) -> int:
    """Pairs that surely have no legal duty, or (`surely`) do not surely have one."""
    levels = levels_of(duties_on(random_levers.world(), after), (domain,))
    closed = (levels.legal if surely else levels.legal_may)[0]
    rows = [i for i, state in enumerate(after.states) if state in named or not named]
    return sum(not closed[a, b] for a, b in combinations(rows, 2))


def smallest(fails: Sequence[frozenset[Demand]]) -> set[frozenset[Demand]] | None:
    """Every smallest set of demands of which every package fails one; None where there are too many to try."""
    demands = sorted(frozenset().union(*fails))
    if len(demands) > 12:
        return None
    kept: list[frozenset[Demand]] = []
    for size in range(1, len(demands) + 1):
        for one in map(frozenset, combinations(demands, size)):
            if not any(other <= one for other in kept) and all(one & each for each in fails):
                kept.append(one)
    return set(kept)


def beaten(one: Said, other: Said) -> bool:
    return one.worth != other.worth and all(other.worth[key] >= value for key, value in one.worth.items())


def compared(found: Found, said: dict[frozenset[str], Said]) -> None:
    """What the search claims, against what is so."""

    def named(packages: Sequence[int]) -> set[frozenset[str]]:
        return {frozenset(one.id for one in found.examiner.worlds.taken(package)) for package in packages}

    good = {package for package, one in said.items() if not one.fails}
    best = {one for one in good if not any(beaten(said[one], said[other]) for other in good)}
    conflicts = set(map(frozenset, found.blocking))
    assert named(found.harmless) <= good
    if found.proven:
        assert named(found.frontier) == best
        assert found.left_out or named(found.harmless) == good
        assert all(conflict & one.fails for conflict in conflicts for one in said.values())
        if not good and (whole := smallest([one.fails for one in said.values()])) is not None:
            assert not found.minimal or conflicts <= whole
            assert not found.all_blocking or conflicts == whole
    for bound in bounds(found):
        for package in good:
            worth = said[package].worth[bound["wish"], bound["model"]][0]  # the worst off first
            amount = worth if bound["model"] else abs(worth)
            assert bound["at_most"] is None or amount <= bound["at_most"] + 1e-6, bound
            assert bound["at_least"] is None or amount >= bound["at_least"], bound


@settings(max_examples=40, deadline=None, suppress_health_check=QUIET)
@given(questions())
def test_what_a_search_claims_is_so(monkeypatch: pytest.MonkeyPatch, case: DesignCase) -> None:
    monkeypatch.setattr(full, "IN_ONE", 2)
    compared(design(random_levers.world(), case), oracle(case))
