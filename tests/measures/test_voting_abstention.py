"""Voting power with abstention: the Security Council's numbers, and every ballot in every order tried."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.voting_abstention import (
    EveryOf,
    Points,
    SomeOf,
    ThreeWay,
    abstention_power,
    points_of,
    two_way,
)
from indivisible.measures.voting_power import power
from indivisible.measures.voting_rules import Every, Quota, checked

ZERO, ONE = (0,) * 15, (1,) * 15
COUNCIL = EveryOf((Points(ONE, ZERO, ZERO, 9), Points(ZERO, ZERO, (-1,) * 5 + (0,) * 10, 0)))


def test_nine_of_fifteen_no_permanent_member_against_with_abstention() -> None:
    found = abstention_power(COUNCIL)
    assert found.carrying == 146_796
    assert (found.swings[0], found.swings[14]) == (108_336, 53_154)
    assert (found.no_to_abstain[0], found.abstain_to_yes[0]) == (38_460, 69_876)
    assert (found.no_to_abstain[14], found.abstain_to_yes[14]) == (0, 53_154)
    assert [round(float(one), 8) for one in (found.roll_call[0], found.roll_call[14])] == [0.16338987, 0.01830506]
    assert sum(found.roll_call) == 1


def test_the_same_rule_without_abstention() -> None:
    plain = two_way(COUNCIL)
    assert isinstance(plain, Every)
    assert power(plain).swings == (848,) * 5 + (84,) * 10


def passes(rule: ThreeWay, ballot: Sequence[int]) -> bool:
    """0 is no, 1 abstain, 2 yes."""
    if isinstance(rule, Points):
        votes = (rule.no, rule.abstain, rule.yes)
        return sum(votes[vote][k] for k, vote in enumerate(ballot)) >= rule.needs
    parts = [passes(part, ballot) for part in rule.rules]
    return all(parts) if isinstance(rule, EveryOf) else any(parts)


def by_every_ballot(rule: ThreeWay, n: int) -> tuple[int, list[list[int]], list[F]]:
    """Carrying ballots, swings, and how often a vote settles the outcome after any set of earlier voters."""
    outcome = np.array([passes(rule, ballot) for ballot in itertools.product(range(3), repeat=n)]).reshape((3,) * n)
    swings = [[0] * n for _ in range(3)]
    for i in range(n):
        no, abstain, yes = np.moveaxis(outcome, i, 0)
        for row, turned in enumerate((yes & ~no, abstain & ~no, yes & ~abstain)):
            swings[row][i] = int(turned.sum())
    roll = [F(0)] * n
    for size in range(n):
        chance = F(1, n * math.comb(n - 1, size))
        for voted in itertools.combinations(range(n), size):
            before = settled(outcome, voted)
            for i in set(range(n)) - set(voted):
                now = settled(outcome, (*voted, i)) & ~before
                roll[i] += chance * F(int(now.sum()), 3 ** (size + 1))
    return int(outcome.sum()), swings, roll


def settled(outcome: np.ndarray, voted: tuple[int, ...]) -> np.ndarray:
    """Whether nothing can change the outcome any more, by the votes cast (the others' axes have length 1)."""
    rest = tuple(set(range(outcome.ndim)) - set(voted))
    found: np.ndarray = outcome.min(axis=rest, keepdims=True) == outcome.max(axis=rest, keepdims=True)
    return found


@st.composite
def three_way(draw: st.DrawFn, most: int) -> ThreeWay:
    n = draw(st.integers(1, most))
    alike = draw(st.sampled_from([None, None, 0, 2]))  # an abstention may count as a no, or as a yes, throughout

    def one() -> Points:
        rows = [sorted(draw(st.lists(st.integers(-2, 2), min_size=3, max_size=3))) for _ in range(n)]
        if draw(st.booleans()):  # several players alike, as in most bodies
            rows = [rows[draw(st.integers(0, min(1, n - 1)))] for _ in range(n)]
        if alike is not None:
            rows = [[row[0], row[alike], row[2]] for row in rows]
        no, abstain, yes = (tuple(column) for column in zip(*rows, strict=True))
        return Points(yes, abstain, no, draw(st.integers(sum(no), sum(yes) + 1)))

    joined = draw(st.sampled_from([None, EveryOf, SomeOf]))
    return one() if joined is None else joined(tuple(one() for _ in range(draw(st.integers(1, 3)))))


def equal_to_every_ballot(rule: ThreeWay) -> None:
    n = len(next(iter(points_of(rule))).yes)
    carrying, swings, roll = by_every_ballot(rule, n)
    found = abstention_power(rule)
    assert found.carrying == carrying
    assert [list(one) for one in (found.swings, found.no_to_abstain, found.abstain_to_yes)] == swings
    assert list(found.roll_call) == roll
    plain = two_way(rule)
    ends = [passes(rule, ballot) for ballot in itertools.product((0, 2), repeat=n)]
    if isinstance(plain, bool):
        assert set(ends) == {plain}
    else:
        assert checked(plain) == n
        assert power(plain).counts.total == sum(ends)


@settings(max_examples=60, deadline=None)
@given(rule=three_way(6))
def test_any_rule_equals_every_ballot_in_every_order(rule: ThreeWay) -> None:
    equal_to_every_ballot(rule)


def test_eight_players_with_vetoes_and_weights() -> None:
    weights, zero = (5, 3, 2, 2, 1, 1, 1, 1), (0,) * 8
    veto = Points(zero, zero, (-1, -1, 0, 0, 0, 0, 0, 0), 0)
    cast = Points((1,) * 8, zero, (-2,) * 8, 0)  # two thirds of those who vote yes or no
    equal_to_every_ballot(SomeOf((EveryOf((Points(weights, zero, zero, 8), veto)), EveryOf((cast, veto)))))


def test_a_body_too_large_for_64_bits_is_counted_exactly() -> None:
    n = 60
    two_thirds = EveryOf((Points((1,) * n, (0,) * n, (-2,) * n, 0), Points((1,) * n, (0,) * n, (0,) * n, 1)))
    found = abstention_power(two_thirds)
    assert set(found.roll_call) == {F(1, n)}
    assert found.swings[0] == found.no_to_abstain[0] + found.abstain_to_yes[0]


def test_many_different_members_whose_abstention_counts_as_a_no() -> None:
    people, none = tuple(range(10, 37)), (0,) * 27
    rule = EveryOf((Points(people, none, none, 400), Points((1,) * 27, none, none, 15)))
    found, plain = abstention_power(rule), two_way(rule)
    assert not isinstance(plain, bool)
    assert found.roll_call == power(plain).shapley_shubik
    assert set(found.no_to_abstain) == {0}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Points((1, 1), (0, 2), (0, 0), 1), "counts for more"),
        (Points((1, 1), (0, -1), (0, 0), 1), "counts for more"),
        (Points((), (), (), 1), "different players, or none"),
        (EveryOf((Points((1,), (0,), (0,), 1), Points((1, 1), (0, 0), (0, 0), 1))), "different players"),
        (Points(tuple(range(1, 40)), (0,) * 39, (-1,) * 39, 9), "too many"),
    ],
)
def test_rules_that_make_no_sense_are_refused(rule: ThreeWay, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        abstention_power(rule)


def test_a_rule_that_votes_cannot_change() -> None:
    sure, never = Points((1, 1), (0, 0), (0, 0), 0), Points((1, 1), (0, 0), (0, 0), 3)
    one = Points((1, 1), (0, 0), (0, 0), 1)
    assert two_way(sure) is True
    assert two_way(never) is False
    assert two_way(EveryOf((sure, never))) is False
    assert two_way(SomeOf((one, sure))) is True
    assert two_way(SomeOf((one, never))) == two_way(EveryOf((one, sure))) == Quota((1, 1), 1)
