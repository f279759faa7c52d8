"""Voting power in floating point: within the stated error of exact numbers, however many players there are."""

from __future__ import annotations

import math
import random
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.voting_large import large_power
from indivisible.measures.voting_power import power
from indivisible.measures.voting_rules import Quota


@settings(max_examples=60, deadline=None)
@given(weights=st.lists(st.integers(0, 30), min_size=1, max_size=9).filter(any), data=st.data())
def test_within_the_stated_error_of_the_exact_numbers(weights: list[int], data: st.DataObject) -> None:
    rule = Quota(tuple(weights), data.draw(st.integers(1, sum(weights))))
    near(rule)


@pytest.mark.parametrize("share", [51, 66, 95])
def test_fifty_players_within_the_stated_error(share: int) -> None:
    generator = random.Random(share)
    weights = tuple(generator.randrange(1, 40) for _ in range(50))
    near(Quota(weights, -(-sum(weights) * share // 100)))


def near(rule: Quota) -> None:
    exact, found = power(rule), large_power(rule)
    assert found.shapley_shubik is not None
    for i in range(len(rule.weights)):
        assert abs(F(float(found.banzhaf[i])) - exact.banzhaf[i]) <= found.error
        assert abs(F(float(found.shapley_shubik[i])) - exact.shapley_shubik[i]) <= found.error


def one_large_among_small(large: int, small: int, quota: int) -> tuple[F, F]:
    """Banzhaf and Shapley-Shubik of the large one, by hand: it decides where the others' yes is from q - w to q - 1."""
    window = range(max(0, quota - large), min(small, quota - 1) + 1)
    return F(sum(math.comb(small, k) for k in window), 1 << small), F(len(window), small + 1)


@pytest.mark.parametrize(("large", "small", "quota"), [(40, 299, 170), (3, 400, 300), (100, 250, 120), (9, 1200, 601)])
def test_one_large_player_among_hundreds_of_small_ones(large: int, small: int, quota: int) -> None:
    found = large_power(Quota((large,) + (1,) * small, quota))
    banzhaf, shapley = one_large_among_small(large, small, quota)
    assert found.shapley_shubik is not None
    assert found.error < 3e-12
    assert abs(F(float(found.banzhaf[0])) - banzhaf) <= found.error
    assert abs(F(float(found.shapley_shubik[0])) - shapley) <= found.error
    rest = (1 - shapley) / small
    assert np.abs(found.shapley_shubik[1:] - float(rest)).max() <= found.error


def test_fewer_nodes_than_players_and_all_power_shared_out() -> None:
    generator = random.Random(7)
    weights = tuple(generator.randrange(1, 300) for _ in range(193))
    found = large_power(Quota(weights, sum(weights) // 2 + 1))
    assert found.shapley_shubik is not None
    assert found.nodes < 40
    assert abs(found.shapley_shubik.sum() - 1.0) <= len(weights) * found.error
    assert found.error < 1e-12
    assert large_power(Quota(weights, sum(weights) // 2 + 1), shapley=False).shapley_shubik is None


def test_a_weight_of_nothing_has_no_power_and_common_factors_do_not_matter() -> None:
    found = large_power(Quota((0, 30, 20, 10), 40))
    plain = large_power(Quota((0, 3, 2, 1), 4))
    assert found.banzhaf.tolist() == plain.banzhaf.tolist()
    assert found.banzhaf[0] == 0.0
    assert found.normalised.sum() == pytest.approx(1.0, abs=1e-15)


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(QuestionError, match="round the weights"):
        large_power(Quota((50_000_001, 1), 3))
