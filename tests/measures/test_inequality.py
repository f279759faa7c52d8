"""Inequality: numbers by hand, pairwise definitions as slow versions, and what must hold of any amounts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.inequality import (
    absolute_gini,
    atkinson,
    generalised_entropy,
    gini,
    mean_log_deviation,
    theil,
    variance,
)

MEASURES = {
    "gini": gini,
    "theil": theil,
    "mld": mean_log_deviation,
    "atkinson .5": lambda x: atkinson(x, 0.5),
    "atkinson 1": lambda x: atkinson(x, 1.0),
    "atkinson 2": lambda x: atkinson(x, 2.0),
    "ge 2": lambda x: generalised_entropy(x, 2.0),
}


@pytest.mark.parametrize(
    ("amounts", "printed"),
    [
        # models.md section 15, in the order of MEASURES
        ([1, 2, 3, 4, 5], [0.266667, 0.119688, 0.141114, 0.063153, 0.131610, 0.270073, 0.111111]),
        ([1, 1, 1, 7], [0.45, 0.445846, 0.429813, 0.203137, 0.349369, 0.490909, None]),
        ([0, 0, 0, 1], [0.75, math.log(4), None, None, None, None, None]),
    ],
)
def test_reference_numbers(amounts: list[float], printed: list[float | None]) -> None:
    for (name, measure), number in zip(MEASURES.items(), printed, strict=True):
        if number is not None:
            assert measure(np.array(amounts, dtype=float)) == pytest.approx(number, abs=5.1e-7), name


def test_somebody_has_nothing() -> None:
    nothing = np.array([0.0, 1.0])
    assert mean_log_deviation(nothing) == math.inf
    assert atkinson(nothing, 1.0) == atkinson(nothing, 2.0) == 1.0
    assert atkinson(nothing, 0.5) == pytest.approx(0.5)  # by hand: 1 - (2^.5 / 2)^2
    assert generalised_entropy(nothing, -1.0) == math.inf


@pytest.mark.parametrize("amounts", [[], [0.0, 0.0], [-1.0, 2.0], [-1.0, 1.0], [1.0, math.nan], [1.0, math.inf]])
def test_relative_forms_undefined(amounts: list[float]) -> None:
    for name, measure in MEASURES.items():
        assert math.isnan(measure(np.array(amounts))), name


def test_absolute_forms_take_negative_scores() -> None:
    scores = np.array([-1.0, 1.0])
    assert absolute_gini(scores) == pytest.approx(0.5)  # two of four ordered pairs are 2 apart: half of 1
    assert variance(scores) == pytest.approx(1.0)
    for measure in (absolute_gini, variance):
        assert math.isnan(measure(np.array([])))
        assert math.isnan(measure(np.array([0.0, math.nan])))


def test_no_aversion_is_no_question() -> None:
    with pytest.raises(QuestionError, match="aversion"):
        atkinson(np.array([1.0, 2.0]), 0.0)


some = st.lists(st.floats(0.01, 1e5), min_size=1, max_size=15)
scores = st.lists(st.floats(-1e5, 1e5), min_size=1, max_size=15)


@given(some)
def test_slow_versions(amounts: list[float]) -> None:
    n, mean = len(amounts), sum(amounts) / len(amounts)
    r = [x / mean for x in amounts]
    pairs = sum(abs(x - y) for x in amounts for y in amounts)
    given = np.array(amounts)
    assert gini(given) == pytest.approx(pairs / (2 * n * n * mean), abs=1e-9)
    assert gini(given) == pytest.approx(
        sum((2 * i - n - 1) * x for i, x in enumerate(sorted(amounts), 1)) / (n * sum(amounts)), abs=1e-9
    )
    assert theil(given) == pytest.approx(sum(x * math.log(x) for x in r) / n, abs=1e-9)
    assert mean_log_deviation(given) == pytest.approx(sum(math.log(1 / x) for x in r) / n, abs=1e-9)
    assert generalised_entropy(given, 2.0) == pytest.approx(variance(given) / mean**2 / 2, abs=1e-9)
    assert atkinson(given, 2.0) == pytest.approx(1 - n / sum(1 / x for x in r), abs=1e-9)
    assert atkinson(given, 1.0) == pytest.approx(1 - math.exp(-mean_log_deviation(given)), abs=1e-9)


@given(some, st.floats(0.01, 100.0), st.randoms(use_true_random=False))
def test_scale_order_and_bounds(amounts: list[float], unit: float, random: object) -> None:
    before = {name: measure(np.array(amounts)) for name, measure in MEASURES.items()}
    random.shuffle(amounts)  # type: ignore[attr-defined]
    for name, measure in MEASURES.items():
        assert measure(np.array(amounts) * unit) == pytest.approx(before[name], abs=1e-9), name
        assert before[name] >= 0.0, name
        if name.startswith(("gini", "atkinson")):
            assert before[name] <= 1.0, name
    assert before["gini"] <= 1 - 1 / len(amounts) + 1e-9
    assert before["theil"] <= math.log(len(amounts)) + 1e-9


@given(scores, st.floats(-1e4, 1e4))
def test_absolute_forms_do_not_change_when_all_gain_the_same(given_scores: list[float], gift: float) -> None:
    before = np.array(given_scores)
    assert absolute_gini(before + gift) == pytest.approx(absolute_gini(before), abs=1e-6)
    assert variance(before + gift) == pytest.approx(variance(before), rel=1e-6, abs=1e-3)
    pairs = sum(abs(x - y) for x in given_scores for y in given_scores)
    assert absolute_gini(before) == pytest.approx(pairs / (2 * len(before) ** 2), abs=1e-6)


@given(st.integers(1, 20), st.floats(1e-300, 1e300))
def test_equal_amounts_are_not_unequal(n: int, amount: float) -> None:
    for name, measure in MEASURES.items():
        assert measure(np.full(n, amount)) == pytest.approx(0.0, abs=1e-12), name


@given(some.filter(lambda amounts: len(amounts) > 1), st.floats(0.0, 1.0))
def test_a_transfer_to_somebody_poorer_lowers_inequality(amounts: list[float], part: float) -> None:
    poorest, richest = int(np.argmin(amounts)), int(np.argmax(amounts))
    after = np.array(amounts)
    gift = part * (after[richest] - after[poorest]) / 2
    after[richest] -= gift
    after[poorest] += gift
    for name, measure in MEASURES.items():
        assert measure(after) <= measure(np.array(amounts)) + 1e-9, name


def test_people_may_count_instead_of_states() -> None:
    scores, people = np.array([-1.0, 1.0]), np.array([1.0, 9.0])
    assert absolute_gini(scores, weights=people) == pytest.approx(0.18)  # 18 of 100 ordered pairs are 2 apart, halved
    assert variance(scores, weights=people) == pytest.approx(0.36)


@given(scores, st.data())
def test_a_weight_is_so_many_of_the_same(given_scores: list[float], data: st.DataObject) -> None:
    n = len(given_scores)
    many = data.draw(st.lists(st.integers(0, 4), min_size=n, max_size=n).filter(any))
    repeated, weights = np.repeat(given_scores, many), np.array(many, dtype=float)
    for measure in (absolute_gini, variance):
        one_by_one = measure(repeated)
        assert measure(np.array(given_scores), weights=weights) == pytest.approx(one_by_one, rel=1e-9, abs=1e-6)
        assert measure(np.array(given_scores), weights=weights * 1e200) == pytest.approx(one_by_one, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("weights", [[0.0, 0.0], [-1.0, 2.0], [1.0, math.nan], [1.0, math.inf]])
def test_weights_that_are_none(weights: list[float]) -> None:
    for measure in (absolute_gini, variance):
        assert math.isnan(measure(np.array([1.0, 2.0]), weights=np.array(weights)))
