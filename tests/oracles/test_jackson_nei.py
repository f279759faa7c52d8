"""The deterrence model meets the reference numbers and the slow version, through the `read` that assess calls."""

from __future__ import annotations

import math
import random
import warnings
from collections.abc import Collection
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jackson_nei import PETERSEN, Edge, complete, cycle, graphs_up_to_isomorphism, margin

from indivisible.architecture.arrays import Arrays
from indivisible.models import deterrence
from indivisible.models.base import Settings, Value, settle
from indivisible.values import Truth


def chosen(**values: Value) -> Settings:
    return settle(deterrence.name, deterrence.parameters, values)


def critical(power: dict[str, float], edges: Collection[Edge], settings: Settings) -> dict[str, float]:
    """Per state the gamma from which no attack on it is feasible: 1 / margin at gamma 1; 0 if unopposed."""
    reading = deterrence.read(Arrays.of(dict(power), defence=edges), settings)
    return {
        state: 0.0 if reading.unopposed[i] else math.exp(-reading.best[i]) for i, state in enumerate(reading.states)
    }


def missing(power: dict[str, float], edges: Collection[Edge]) -> list[Edge]:
    there = {frozenset(e) for e in edges}
    return [pair for pair in combinations(sorted(power), 2) if frozenset(pair) not in there]


def minimal_gamma(power: dict[str, float], edges: Collection[Edge], settings: Settings) -> float:
    """The smallest gamma at which S1 and S2 hold: no attack is feasible now, nor through any one new link.

    An attack on i that is feasible only once a and b are linked contains both, so i is neither of them.
    """
    worst = max(critical(power, edges, settings).values())
    for a, b in missing(power, edges):
        linked = critical(power, [*edges, (a, b)], settings)
        worst = max(worst, *(value for state, value in linked.items() if state not in (a, b)))
    return worst


GRAPHS = {
    "2xK3": (complete("ABC") + complete("DEF"), 3, 1),
    "3xK3": (complete("ABC") + complete("DEF") + complete("GHI"), 3, 4 / 3),
    "3xK4": (complete("ABCD") + complete("EFGH") + complete("IJKL"), 4, 5 / 4),
    "C6": (cycle("ABCDEF"), 4, 1),
    "C8": (cycle("ABCDEFGH"), 4, 4 / 3),
    "Petersen": (PETERSEN, 5 / 2, 1),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_exact_minimal_gamma(name: str) -> None:
    edges, may_attack, never_attack = GRAPHS[name]
    power = {state: 1.0 for edge in edges for state in edge}
    assert minimal_gamma(power, edges, chosen(allies_may_attack=True)) == pytest.approx(may_attack, abs=1e-12)
    assert minimal_gamma(power, edges, chosen()) == pytest.approx(never_attack, abs=1e-12)


@pytest.mark.parametrize(
    ("edges", "threatened"),
    [(complete("ABC"), "ABC"), (cycle("ABCDE"), "ABCDE"), ([("A", "B"), ("A", "C"), ("A", "D")], "BCD")],
    ids=["K3", "C5", "star"],
)
def test_vulnerable_sets_where_allies_may_attack(edges: list[Edge], threatened: str) -> None:
    arrays = Arrays.of({state: 1.0 for edge in edges for state in edge}, defence=edges)
    found = deterrence.vulnerable(arrays, chosen(allies_may_attack=True))
    assert [s for s, yes in zip(arrays.states, found, strict=True) if yes is Truth.YES] == list(threatened)


@pytest.mark.parametrize(("strengths", "gamma"), [((1, 1, 1), 2.0), ((3, 2, 1), 5.0)])
def test_the_empty_network_of_three_is_stable_from_a_known_gamma(strengths: tuple[int, ...], gamma: float) -> None:
    power = {state: float(m) for state, m in zip("ABC", strengths, strict=True)}
    assert minimal_gamma(power, [], chosen()) == pytest.approx(gamma, abs=1e-12)


def test_an_attack_as_strong_as_the_defence_is_not_feasible() -> None:
    """The strict inequality: at M(C) = gamma M(D) nobody is vulnerable, one step beyond it somebody is."""
    arrays = Arrays.of({"A": 3.0, "B": 4.0})
    assert deterrence.vulnerable(arrays, chosen(gamma=4 / 3)) == (Truth.NO, Truth.NO)
    assert deterrence.vulnerable(arrays, chosen(gamma=1.33)) == (Truth.YES, Truth.NO)


def test_theorem_1_no_nonempty_network_is_war_stable() -> None:
    """4,704 cases: 49 graphs of 3 to 5 states, 12 draws of strength, 8 gammas (costly links, E > 0, no trade).

    The theorem is about attacks in which allies of the attacked may join; where they may not, it does not hold.
    """
    exposed = chosen(allies_may_attack=True)
    draw = random.Random(2015)
    gammas = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0)
    cases, stable = 0, []
    for n in (3, 4, 5):
        for edges in graphs_up_to_isomorphism(n):
            for k in range(12):
                power = {s: 1.0 if k == 0 else float(draw.randint(1, 9)) for s in "ABCDE"[:n]}
                needed = minimal_gamma(power, edges, exposed)
                idle = kept_by(power, edges, exposed)
                cases += len(gammas)
                stable += [(edges, power, g) for g in gammas if edges and g >= needed - 1e-12 and g < idle - 1e-12]
    assert cases == 4704
    assert stable == []


def test_theorem_1_needs_allies_that_may_attack() -> None:
    """Powers 1, 2 and 9, the first two allied, gamma 4: stable where no ally of the attacked takes part."""
    power, pair = {"A": 1.0, "B": 2.0, "C": 9.0}, [("A", "B")]
    assert minimal_gamma(power, pair, chosen()) <= 4.0 < kept_by(power, pair, chosen())
    exposed = chosen(allies_may_attack=True)
    assert not minimal_gamma(power, pair, exposed) <= 4.0 < kept_by(power, pair, exposed)


def kept_by(power: dict[str, float], edges: Collection[Edge], settings: Settings) -> float:
    """S3: below which gamma every link is needed, both its ends being vulnerable without it."""
    least = math.inf
    for edge in edges:
        without = critical(power, [e for e in edges if e != edge], settings)
        least = min(least, without[edge[0]], without[edge[1]])
    return least


@st.composite
def worlds(draw: st.DrawFn) -> tuple[dict[str, float], frozenset[tuple[str, str, str]]]:
    n = draw(st.integers(1, 6))
    states = "ABCDEF"[:n]
    power = {s: float(draw(st.integers(0, 6))) for s in states}
    ties = [(a, b, kind) for a in states for b in states if a != b for kind in ("defence", "offence")]
    return power, frozenset(draw(st.sets(st.sampled_from(ties), max_size=12))) if ties else frozenset()


@settings(max_examples=120, deadline=None)
@given(world=worlds(), rule=st.sampled_from(("leader", "clique")), exposed=st.booleans())
def test_the_strongest_attack_is_the_strongest_of_all_coalitions(
    world: tuple[dict[str, float], frozenset[tuple[str, str, str]]], rule: str, exposed: bool
) -> None:
    power, pledges = world
    arrays = Arrays.of(dict(power), pledges=pledges)
    reading = deterrence.read(arrays, chosen(rule=rule, allies_may_attack=exposed))
    for i, state in enumerate(arrays.states):
        expected = margin(state, power, pledges, rule=rule, exposed=exposed)
        if math.isinf(expected):
            assert reading.unopposed[i]
            assert np.isnan(reading.best[i])
            assert reading.because(i) is None
        else:
            reason = reading.because(i)
            assert reason is not None
            assert reason.margin == pytest.approx(expected, rel=1e-12)
            assert math.exp(reading.best[i]) == pytest.approx(expected, rel=1e-12)
            assert state in reason.defenders
            assert state not in reason.against
            assert not set(reason.defenders) & set(reason.against)


def test_who_joins_and_who_is_barred() -> None:
    """A one-way pledge: the guarantor joins its client's attack, never the reverse, and neither attacks the other."""
    arrays = Arrays.of({"A": 5.0, "B": 1.0, "C": 1.0}, pledges=[("A", "B", "defence")])
    reading = deterrence.read(arrays, chosen())
    against_c = reading.because(2)
    assert against_c is not None
    assert (against_c.leader, against_c.against, against_c.margin) == ("B", ("A", "B"), 1 / 6)
    against_a, against_b = reading.because(0), reading.because(1)
    assert against_a is not None
    assert against_b is not None
    assert (against_a.against, against_a.defenders) == (("C",), ("A",))
    assert (against_b.against, against_b.defenders) == (("C",), ("A", "B"))


def test_an_offence_pledge_brings_a_state_into_an_attack_but_not_into_a_defence() -> None:
    arrays = Arrays.of({"A": 1.0, "B": 2.0, "C": 3.0}, pledges=[("B", "A", "offence")])
    reading = deterrence.read(arrays, chosen())
    assert np.exp(reading.best) == pytest.approx([1 / 3, 2 / 3, 3 / 3])


def test_a_treaty_can_be_left_out() -> None:
    """EU 42(7) counts or not: the same pledges under its key, and under any other."""
    european = Arrays.of({"A": 1.0, "B": 2.0, "C": 3.0}, defence=[("A", "B")], treaty="EU_TEU_42_7_2009")
    other = Arrays.of({"A": 1.0, "B": 2.0, "C": 3.0}, defence=[("A", "B")])
    alone = Arrays.of({"A": 1.0, "B": 2.0, "C": 3.0})
    without = chosen(eu_42_7="no")
    assert (deterrence.read(european, without).best == deterrence.read(alone, without).best).all()
    assert (deterrence.read(other, without).best == deterrence.read(other, chosen()).best).all()
    assert deterrence.read(european, chosen()).best[0] == pytest.approx(math.log(3 / 3))


def test_power_that_fades_with_distance() -> None:
    """One radian of arc is the Earth's radius; with that as scale, power falls to 1/e over it."""
    places = {"A": (0.0, 0.0), "B": (0.0, math.degrees(1.0))}
    arrays = Arrays.of({"A": 1.0, "B": 1.0}, places=places)
    assert deterrence.read(arrays, chosen(fade=6371.0088)).best == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize("fade", [0.5, 5.0, 9.0, 9.5, 10.0, 14.0, 27.0, 60.0])
def test_power_that_all_but_vanishes_with_distance_warns_of_nothing(fade: float) -> None:
    """At a hundredth of the distances powers leave the range of a double: no number overflows unseen."""
    places = {"A": (0.0, 0.0), "B": (0.0, 30.0), "C": (0.0, 62.0), "D": (0.0, 0.1)}
    power = {"A": 1e18, "B": 2e18, "C": 3e11, "D": 1.0}
    before = Arrays.of(power, defence=[("A", "B")], places=places)
    after = Arrays.of(power, defence=[("A", "B"), ("B", "C")], places=places)
    unknown = Arrays.of({**power, "C": None}, defence=[("A", "C")], places=places, bounds={"C": (0.0, 1e19)})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for rule in ("leader", "clique"):
            for exposed in (True, False):
                ready = chosen(fade=fade, rule=rule, allies_may_attack=exposed)
                for one in (before, after, unknown):
                    reading = deterrence.read(one, ready)
                    low, high = deterrence.change_bounds(before, one, ready)
                    assert (low <= high).all()
                    assert (np.isnan(reading.low) | (reading.low <= reading.high)).all()
                    deterrence.vulnerable(one, ready)
