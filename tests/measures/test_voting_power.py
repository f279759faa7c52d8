"""Voting power: published and hand-derived numbers, and every coalition tried one by one."""

from __future__ import annotations

import math
from fractions import Fraction as F
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.voting_counts import by_halves, by_size, count
from indivisible.measures.voting_large import large_power
from indivisible.measures.voting_power import coalition_power, power
from indivisible.measures.voting_rules import Every, Quota, Rule, Some, carries, checked, count_of, veto_of

COUNCIL = Every((count_of(15, 9), *(veto_of(15, k) for k in range(5))))
EU15 = Quota((10,) * 4 + (8,) + (5,) * 4 + (4, 4) + (3,) * 3 + (2,), 62)
NICE = Quota((29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,), 255)


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


def test_four_players_by_every_index() -> None:
    rule = Quota((4, 3, 2, 1), 6)
    found, single = power(rule), coalition_power(rule)
    assert found.swings == (5, 3, 3, 1)
    assert found.normalised == found.shapley_shubik == (F(5, 12), F(1, 4), F(1, 4), F(1, 12))
    assert found.prevent[0] == F(5, 7)
    assert found.initiate == (F(5, 9), F(1, 3), F(1, 3), F(1, 9))
    assert single.johnston == (F(1, 2), F(2, 9), F(2, 9), F(1, 18))
    assert single.deegan_packel == (F(1, 3), F(5, 18), F(5, 18), F(1, 9))
    assert single.holler == (F(2, 7), F(2, 7), F(2, 7), F(1, 7))


@pytest.mark.parametrize("rule", [COUNCIL, Quota((7,) * 5 + (1,) * 10, 39)])
def test_nine_of_fifteen_with_five_vetoes_however_it_is_written(rule: Rule) -> None:
    found, single = power(rule), coalition_power(rule)
    assert (found.counts.total, found.swings[0], found.swings[14]) == (848, 848, 84)
    assert (found.banzhaf[0], found.banzhaf[14]) == (F(53, 1024), F(21, 4096))
    assert (found.normalised[0], found.normalised[14]) == (F(106, 635), F(21, 1270))
    assert (found.shapley_shubik[0], found.shapley_shubik[14]) == (F(421, 2145), F(4, 2145))
    assert (found.prevent[0], found.prevent[14]) == (1, F(21, 212))
    assert found.initiate is not None
    assert (found.initiate[0], found.initiate[14]) == (F(53, 1995), F(1, 380))
    assert (single.johnston[0], single.johnston[14]) == (F(283, 1590), F(7, 636))
    assert (single.deegan_packel[0], single.deegan_packel[14], single.minimal) == (F(1, 9), F(2, 45), 210)


def test_fifteen_and_twenty_seven_members() -> None:
    found, single = power(EU15), coalition_power(EU15)
    assert (found.counts.total, single.minimal) == (2549, 829)
    assert sorted(set(found.swings), reverse=True) == [1849, 1531, 973, 793, 595, 375]
    assert [round(float(x), 7) for x in (found.shapley_shubik[0], found.shapley_shubik[14])] == [0.1166667, 0.0206904]
    assert round(float(single.johnston[0]), 7) == 0.1329578
    assert round(float(single.holler[14]), 6) == 0.044991
    nice = power(NICE)
    assert nice.counts.total == 2_718_774
    assert sorted(set(nice.swings), reverse=True) == [
        2193664, 2091380, 1200504, 1120138, 1038492, 871654, 614702, 352374, 265568,
    ]  # fmt: skip


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    players = draw(st.integers(1, 8))

    def one() -> Quota:
        weights = draw(st.lists(st.integers(0, 9), min_size=players, max_size=players).filter(any))
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
    if thresholds is not None and players > 1:
        halves = by_halves(*thresholds)
        assert (halves.with_player == found.counts.with_player).all()
        assert (halves.carrying == found.counts.carrying).all()


def test_a_double_majority_by_halves_equals_every_coalition() -> None:
    people = Quota((83, 67, 59, 47, 37, 19, 17, 11, 10, 9, 8, 5), 242)
    rule = Some((Every((count_of(12, 7), people)), count_of(12, 9)))
    thresholds = by_size(rule, 12)
    assert thresholds is not None
    carrying, swings, _ = brute(rule, 12)
    halves = by_halves(*thresholds)
    assert halves.total == carrying
    assert halves.swings.sum(axis=1).tolist() == swings


@settings(max_examples=60, deadline=None)
@given(weights=st.lists(st.integers(0, 30), min_size=1, max_size=9).filter(any), data=st.data())
def test_in_floating_point_within_the_stated_error(weights: list[int], data: st.DataObject) -> None:
    rule = Quota(tuple(weights), data.draw(st.integers(1, sum(weights))))
    exact, found = power(rule), large_power(rule)
    assert found.shapley_shubik is not None
    for i in range(len(weights)):
        assert abs(found.banzhaf[i] - float(exact.banzhaf[i])) <= found.error
        assert abs(found.shapley_shubik[i] - float(exact.shapley_shubik[i])) <= found.error


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Quota((), 1), "without players"),
        (Quota((1, 2), 4), "do not reach"),
        (Quota((1, 2), 0), "quota of 0"),
        (Quota((-1, 2), 1), "below 0"),
        (Every((Quota((1,), 1), Quota((1, 1), 1))), "1 and 2 players"),
    ],
)
def test_rules_that_make_no_sense_are_refused(rule: Rule, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        count(rule)
