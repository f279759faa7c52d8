"""Voting power: every coalition tried one by one, whichever way the counting takes."""

from __future__ import annotations

import math
from fractions import Fraction as F
from itertools import combinations

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.voting_counts import by_all, by_halves, by_kinds, by_size, by_sums, count
from indivisible.measures.voting_power import coalition_power, power
from indivisible.measures.voting_rules import Every, Quota, Rule, Some, carries, checked, count_of, kinds_of


def brute(rule: Rule, players: int) -> tuple[int, list[int], list[F]]:
    """Carrying coalitions, swings and Shapley-Shubik by trying every coalition."""
    every = [set(c) for size in range(players + 1) for c in combinations(range(players), size)]
    carrying = sum(carries(rule, c) for c in every)
    swings, shapley = [0] * players, [F(0)] * players
    for c in every:
        for i in set(range(players)) - c:
            if not carries(rule, c) and carries(rule, c | {i}):
                swings[i] += 1
                shapley[i] += F(1, players * math.comb(players - 1, len(c)))
    return carrying, swings, shapley


@st.composite
def rules(draw: st.DrawFn, least: int = 1, most: int = 8) -> Rule:
    players = draw(st.integers(least, most))
    heaviest = draw(st.sampled_from([1, 9, 90_000]))  # few kinds of players, several, all different

    def one() -> Quota:
        weights = draw(st.lists(st.integers(0, heaviest), min_size=players, max_size=players).filter(any))
        return Quota(tuple(weights), draw(st.integers(1, sum(weights))))

    joined = draw(st.sampled_from([None, Every, Some]))
    return one() if joined is None else joined(tuple(one() for _ in range(draw(st.integers(1, 3)))))


@settings(max_examples=150, deadline=None)
@given(rule=rules())
def test_any_rule_equals_every_coalition_tried(rule: Rule) -> None:
    players = checked(rule)
    carrying, swings, shapley = brute(rule, players)
    found = power(rule)
    assert (found.counts.total, list(found.swings), list(found.shapley_shubik)) == (carrying, swings, shapley)
    thresholds = by_size(rule, players)
    ways = [by_kinds(rule, players, kinds_of(rule)), by_all(rule, players)]
    if thresholds is not None:
        ways.append(by_halves(*thresholds))
        ways += [by_sums(*thresholds)] if thresholds[0].max() < 100 else []
    for way in ways:
        assert (way.with_player == found.counts.with_player).all()
        assert (way.carrying == found.counts.carrying).all()


@settings(max_examples=60, deadline=None)
@given(rule=rules())
def test_indices_of_coalitions_equal_every_coalition_tried(rule: Rule) -> None:
    players = checked(rule)
    johnston, packed, public = ([F(0)] * players for _ in range(3))
    lone = 0
    for size in range(1, players + 1):
        for c in combinations(range(players), size):
            decisive = [i for i in c if carries(rule, c) and not carries(rule, set(c) - {i})]
            for i in decisive:
                johnston[i] += F(1, len(decisive))
                if len(decisive) == size:
                    packed[i] += F(1, size)
                    public[i] += 1
            lone += len(decisive) == size
    found = coalition_power(rule)
    assert found.minimal == lone
    for got, summed in ((found.johnston, johnston), (found.deegan_packel, packed), (found.holler, public)):
        assert list(got) == [one / sum(summed) for one in summed]


def in_bits(rule: Rule, players: int) -> tuple[int, list[int], list[F]]:
    """The same as `brute` for up to 20 players: a flag for every coalition, numbered by its bits."""
    coalitions = np.arange(1 << players)
    size = sum((coalitions >> k & 1 for k in range(players)), start=np.zeros(1 << players, dtype=np.int64))

    def flags(one: Rule) -> np.ndarray:
        if isinstance(one, Quota):
            return sum(w * (coalitions >> k & 1) for k, w in enumerate(one.weights)) >= one.quota  # type: ignore[return-value]
        parts = [flags(part) for part in one.rules]
        return np.all(parts, axis=0) if isinstance(one, Every) else np.any(parts, axis=0)

    wins = flags(rule)
    swings, shapley = [], []
    for i in range(players):
        without = coalitions[(coalitions >> i & 1) == 0]
        turned = without[wins[without | 1 << i] & ~wins[without]]
        often = np.bincount(size[turned], minlength=players)
        swings.append(len(turned))
        shapley.append(sum((F(int(n), players * math.comb(players - 1, s)) for s, n in enumerate(often)), start=F(0)))
    return int(wins.sum()), swings, shapley


@settings(max_examples=12, deadline=None)
@given(rule=rules(least=9, most=16))
def test_any_rule_of_sixteen_equals_every_coalition_in_bits(rule: Rule) -> None:
    found = power(rule)
    assert (found.counts.total, list(found.swings), list(found.shapley_shubik)) == in_bits(rule, checked(rule))


@settings(max_examples=2, deadline=None, phases=[Phase.generate])
@given(rule=rules(least=18, most=20))
def test_any_rule_of_twenty_equals_every_coalition_in_bits(rule: Rule) -> None:
    found = power(rule)
    assert (found.counts.total, list(found.swings), list(found.shapley_shubik)) == in_bits(rule, checked(rule))


def test_a_double_majority_by_halves_equals_every_coalition() -> None:
    people = Quota((83, 67, 59, 47, 37, 19, 17, 11, 10, 9, 8, 5), 242)
    rule = Some((Every((count_of(12, 7), people)), count_of(12, 9)))
    thresholds = by_size(rule, 12)
    assert thresholds is not None
    carrying, swings, _ = brute(rule, 12)
    halves = by_halves(*thresholds)
    assert halves.total == carrying
    assert halves.swings.sum(axis=1).tolist() == swings


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Quota((), 1), "without players"),
        (Quota((1, 2), 4), "do not reach"),
        (Quota((1, 2), 0), "quota of 0"),
        (Quota((-1, 2), 1), "below 0"),
        (Quota((1 << 53, 1), 1), "round them"),
        (Every((Quota((1,), 1), Quota((1, 1), 1))), "1 and 2 players"),
    ],
)
def test_rules_that_make_no_sense_are_refused(rule: Rule, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        count(rule)
