"""The search against every package judged by hand: nothing missed, nothing beaten kept, every conflict smallest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, combinations
from math import log1p
from pathlib import Path
from typing import Any

import design_worlds as lands
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indivisible.architecture.change import Change
from indivisible.assess.assess import assess
from indivisible.errors import ChangeError
from indivisible.explore.demand import Demand
from indivisible.explore.design import Found, design
from indivisible.explore.design_case import DesignCase
from indivisible.explore.lever import Lever
from indivisible.record.record import Record

MODELS = ("deterrence", "distance")
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def subsets(levers: Sequence[Lever]) -> list[tuple[Lever, ...]]:
    return list(chain.from_iterable(combinations(levers, k) for k in range(len(levers) + 1)))


def allowed(package: Sequence[Lever]) -> bool:
    ids = {one.id for one in package}
    return all(set(one.requires) <= ids and not set(one.excludes) & ids for one in package)


def judged(record: Record, package: Sequence[Lever], models: Sequence[str]) -> Mapping[tuple[str, str], str] | None:
    """Verdicts by model and state, by the assessment that any change gets; None for an impossible package.

    Whose verdict is not known and cannot be a loss is `spared`.
    """
    change = Change("x", "X", "", (), tuple(step for one in package for step in one.steps))
    try:
        found = assess(record, change, on="2010-06-01", models=models)
    except ChangeError:
        return None
    least = -log1p(0.01) - 1e-12  # both models compare logarithms
    return {
        (j.model, s.state): "spared" if s.verdict == "unknown" and s.low >= least else s.verdict
        for j in found.models
        for s in j.states
    }


def failures(record: Record, case: DesignCase) -> dict[tuple[str, ...], frozenset[Demand]]:
    """What every package fails, package by package."""
    models = case.harm.models or MODELS
    found = {}
    for package in filter(allowed, subsets(case.levers)):
        said = judged(record, package, models)
        if said is None:
            continue
        ids = tuple(one.id for one in package)
        failed = {Demand("no_loss", s, m) for (m, s), v in said.items() if v in ("loses", "unknown")}
        failed |= {Demand("gain", s, m) for m in models for s in case.aims.gain if said[m, s] != "gains"}
        failed |= {Demand("taken", one) for one in case.must if one not in ids}
        found[ids] = frozenset(failed)
    return found


def smallest_blocking(failed: Mapping[Any, frozenset[Demand]]) -> set[frozenset[Demand]]:
    """Every smallest set of demands that all packages fail one of, by trying sets of growing size."""
    demands = sorted(frozenset().union(*failed.values()))
    kept: list[frozenset[Demand]] = []
    for size in range(1, len(demands) + 1):
        for one in map(frozenset, combinations(demands, size)):
            if not any(other <= one for other in kept) and all(one & each for each in failed.values()):
                kept.append(one)
    return set(kept)


def named(found: Found, packages: Sequence[int]) -> set[tuple[str, ...]]:
    return {tuple(one.id for one in found.examiner.worlds.taken(package)) for package in packages}


@st.composite
def questions(draw: st.DrawFn) -> tuple[tuple[int, ...], tuple[str, ...], list[str], str]:
    """Outputs, members of the pact, levers and demands."""
    output = draw(st.tuples(*[st.integers(0 if k == 4 else 1, 6) for k in range(5)]))
    members = tuple(draw(st.sets(st.sampled_from(lands.LANDS), max_size=3)))
    levers = []
    for n in range(draw(st.integers(1, 4))):
        one, other = draw(st.permutations(lands.LANDS))[:2]
        inside = f"id: l{n}, steps: [{lands.step(draw(st.sampled_from(lands.KINDS)), one, other)}]"
        if n and draw(st.integers(0, 3)) == 0:
            inside += f", {draw(st.sampled_from(('requires', 'excludes')))}: [l{draw(st.integers(0, n - 1))}]"
        levers.append(inside)
    more = "harm: {models: [deterrence, distance]}\n" if draw(st.booleans()) else "harm: {models: [deterrence]}\n"
    if draw(st.booleans()):
        more += "must: [l0]\n"
    if draw(st.booleans()):
        more += f"aims: {{gain: [{draw(st.sampled_from(lands.LANDS))}]}}\n"
    return output, members, levers, more


@settings(max_examples=25, deadline=None, suppress_health_check=QUIET)
@given(questions())
def test_the_search_finds_what_trying_everything_finds(
    tmp_path: Path, question: tuple[tuple[int, ...], tuple[str, ...], list[str], str]
) -> None:
    output, members, levers, more = question
    record = lands.world(tmp_path, output, members)
    case = lands.case(levers, more=more)
    found = design(record, case)
    failed = failures(record, case)
    harmless = {ids for ids, one in failed.items() if not one and ids}
    assert named(found, found.harmless) == harmless
    if harmless:
        models = case.harm.models
        worth = {}
        for ids in harmless:
            said = judged(record, [one for one in case.levers if one.id in ids], models)
            assert said is not None
            worth[ids] = (*(sum(v == "gains" for (m, _), v in said.items() if m == x) for x in models), -len(ids))
        best = {
            ids
            for ids, own in worth.items()
            if not any(all(a >= b for a, b in zip(o, own, strict=True)) and o != own for o in worth.values())
        }
        assert named(found, found.frontier) == best
        assert not found.blocking
    elif failed[()]:
        assert found.minimal
        assert found.all_blocking
        assert set(map(frozenset, found.blocking)) == smallest_blocking(failed)


FIVE = [
    f"id: p{n}, steps: [{lands.step('defence', one, other)}]"
    for n, (one, other) in enumerate(combinations(lands.LANDS, 2))
]


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return lands.world(tmp_path_factory.mktemp("five"), (2, 3, 4, 5, 6), ())


def answer(found: Found) -> Any:
    return found.harmless, found.frontier, found.worths, found.blocking, found.nearest, found.looked


@pytest.mark.parametrize("cut", [0, 7, 1000])
def test_a_search_that_was_cut_off_ends_with_the_same(five: Record, tmp_path: Path, cut: int) -> None:
    case = lands.case(FIVE, more="harm: {models: [deterrence]}\n")
    whole = tmp_path / "whole"
    expected = answer(design(five, case, checkpoint=whole))
    part = tmp_path / "part"
    part.write_bytes(whole.read_bytes()[: -cut or None])
    if not part.read_bytes().startswith(whole.read_bytes().split(b"\n")[0]):
        part.unlink()
    assert answer(design(five, case, checkpoint=part)) == expected
    assert part.read_bytes() == whole.read_bytes()
