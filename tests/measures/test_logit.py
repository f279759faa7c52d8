"""Logistic regression against the closed form, a package of the field, and what has no fit."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.logit import Logit, NoFit, Reason, for_population, logit, probability


def drawn(seed: int, rows: int = 400, k: int = 3) -> tuple[np.ndarray, np.ndarray]:
    luck = np.random.default_rng(seed)
    columns = luck.normal(size=(rows, k)) * np.array([1.0, 50.0, 0.01])[:k] + np.array([0.0, 1000.0, 5.0])[:k]
    odds = (columns - columns.mean(axis=0)) / columns.std(axis=0) @ np.array([0.8, -0.5, 0.3])[:k] - 1.0
    return columns, luck.random(rows) < probability(odds)


def fitted(columns: np.ndarray, events: np.ndarray) -> Logit:
    found = logit(columns, events)
    assert isinstance(found, Logit), found
    return found


def test_a_table_of_four_cells_has_the_log_of_its_odds_ratio() -> None:
    """30 of 40 with the mark have the event, 10 of 60 without: by hand ln(10/50), ln(30/10) - ln(10/50)."""
    mark = np.repeat([1.0, 1.0, 0.0, 0.0], [30, 10, 10, 50])[:, None]
    events = np.repeat([True, False, True, False], [30, 10, 10, 50])
    found = fitted(mark, events)
    assert found.coefficients == pytest.approx([math.log(10 / 50), math.log(3) - math.log(10 / 50)], abs=1e-12)
    assert found.errors[1] == pytest.approx(math.sqrt(1 / 30 + 1 / 10 + 1 / 10 + 1 / 50), abs=1e-9)
    assert found.errors[0] == pytest.approx(math.sqrt(1 / 10 + 1 / 50), abs=1e-9)
    by_hand = 30 * math.log(0.75) + 10 * math.log(0.25) + 10 * math.log(1 / 6) + 50 * math.log(5 / 6)
    assert found.log_likelihood == pytest.approx(by_hand, abs=1e-9)
    assert (found.rows, found.events) == (100, 40)


@pytest.mark.parametrize("seed", range(4))
def test_against_statsmodels(seed: int) -> None:
    columns, events = drawn(seed)
    found = fitted(columns, events)
    theirs = sm.Logit(events, sm.add_constant(columns)).fit(disp=0, maxiter=200)
    assert found.coefficients == pytest.approx(theirs.params, rel=1e-6, abs=1e-8)
    assert found.errors == pytest.approx(theirs.bse, rel=1e-5)
    assert found.log_likelihood == pytest.approx(theirs.llf, abs=1e-8)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), begin=st.lists(st.floats(-2, 2), min_size=4, max_size=4))
def test_at_the_fit_no_small_move_is_likelier_and_where_it_begins_does_not_matter(
    seed: int, begin: list[float]
) -> None:
    columns, events = drawn(seed, rows=60)
    columns = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    found = logit(columns, events)
    assume(isinstance(found, Logit))
    assert isinstance(found, Logit)
    there = logit(columns, events, start=np.array(begin))
    assert isinstance(there, Logit)
    assert there.coefficients == pytest.approx(found.coefficients, abs=1e-7)

    def likelihood(at: np.ndarray) -> float:
        odds = columns @ at[1:] + at[0]
        return float(np.where(events, -np.logaddexp(0, -odds), -np.logaddexp(0, odds)).sum())

    assert likelihood(found.coefficients) == pytest.approx(found.log_likelihood, abs=1e-9)
    for k in range(4):
        for step in (-1e-3, 1e-3):
            moved = found.coefficients.copy()
            moved[k] += step
            assert likelihood(moved) < found.log_likelihood


def test_a_weight_is_so_many_rows() -> None:
    columns, events = drawn(7, rows=120)
    times = np.random.default_rng(1).integers(1, 4, size=120)
    weighted = logit(columns, events, weights=times.astype(float))
    repeated = fitted(np.repeat(columns, times, axis=0), np.repeat(events, times))
    assert isinstance(weighted, Logit)
    assert weighted.coefficients == pytest.approx(repeated.coefficients, rel=1e-8, abs=1e-9)
    assert weighted.errors == pytest.approx(repeated.errors, rel=1e-8)
    assert (weighted.rows, weighted.events) == (repeated.rows, repeated.events)


def test_rows_beyond_one_block_and_in_any_order() -> None:
    columns, events = drawn(3, rows=40_000)
    order = np.random.default_rng(2).permutation(len(events))
    one, other = fitted(columns, events), fitted(columns[order], events[order])
    assert one.coefficients == pytest.approx(other.coefficients, rel=1e-9)
    assert one.steps == other.steps


def test_case_control_needs_another_constant_only() -> None:
    """All events and a tenth of the other rows: the slopes stay within their errors, the constant is corrected."""
    luck = np.random.default_rng(5)
    columns = luck.normal(size=(200_000, 1))
    events = luck.random(200_000) < probability(columns[:, 0] - 5.0)
    kept = events | (luck.random(200_000) < 0.1)
    part = fitted(columns[kept], events[kept])
    corrected = for_population(part, (kept & ~events).sum() / (~events).sum())
    assert corrected[0] < part.coefficients[0] - 2.0
    assert corrected == pytest.approx([-5.0, 1.0], abs=4 * part.errors.max())


@pytest.mark.parametrize(
    ("columns", "events", "reason", "named"),
    [
        ([[0.0], [1.0]], [False, False], Reason.NO_EVENTS, ()),
        ([[0.0], [1.0]], [True, True], Reason.ONLY_EVENTS, ()),
        ([[0.0], [1.0], [2.0], [3.0]], [False, False, True, True], Reason.SEPARATED, (0,)),
        ([[0.0], [1.0], [1.0], [2.0]], [False, False, True, True], Reason.SEPARATED, (0,)),  # all but a tie
        ([[1.0, 0.0], [1.0, 1.0], [1.0, 0.5]], [True, False, True], Reason.SINGULAR, (0,)),
        ([[0.0, 1.0], [1.0, 3.0], [2.0, 5.0], [0.0, 1.0]], [True, False, True, False], Reason.SINGULAR, (1,)),
    ],
)
def test_what_has_no_fit_says_why(columns: list[list[float]], events: list[bool], reason: Reason, named: tuple) -> None:
    found = logit(np.array(columns), np.array(events))
    assert isinstance(found, NoFit)
    assert (found.reason, found.columns) == (reason, named)
    assert reason.value in found.sentence([f"column {k}" for k in range(len(columns[0]))])
    assert all(f"column {k}" in found.sentence(["column 0", "column 1"]) for k in named)


def test_a_mark_that_no_event_has_is_named_among_others() -> None:
    """A rare mark without an event has no end; with one event it has a fit, on the other side of the boundary."""
    columns, events = drawn(11, rows=5000)
    mark = np.zeros(5000)
    mark[:40] = 1.0
    events[:40] = False
    found = logit(np.column_stack([columns, mark]), events)
    assert isinstance(found, NoFit)
    assert (found.reason, found.columns) == (Reason.SEPARATED, (3,))
    events[0] = True
    found = logit(np.column_stack([columns, mark]), events)
    assert isinstance(found, Logit)
    assert 0.5 < found.errors[4] < 2.0


def test_almost_separated_rows_have_a_fit() -> None:
    luck = np.random.default_rng(0)
    columns = luck.normal(size=(3000, 1))
    events = luck.random(3000) < probability(columns[:, 0] * 12.0)
    found = logit(columns, events)
    assert isinstance(found, Logit)
    assert found.coefficients[1] == pytest.approx(12.0, abs=5 * found.errors[1])


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(QuestionError, match="not known"):
        logit(np.array([[0.0], [np.nan]]), np.array([True, False]))
    with pytest.raises(QuestionError, match="same length"):
        logit(np.zeros((2, 1)), np.array([True]))
    with pytest.raises(QuestionError, match="weight"):
        logit(np.array([[0.0], [1.0]]), np.array([True, False]), weights=np.array([1.0, 0.0]))


def test_chances_at_the_ends_of_the_scale() -> None:
    assert probability(np.array([-800.0, 0.0, 800.0])).tolist() == [0.0, 0.5, 1.0]
