"""Scores of forecasts against scikit-learn's, against counting every pair, and at the ends."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

from indivisible.errors import QuestionError
from indivisible.measures.forecasts import ranking, scores

chances = st.lists(
    st.tuples(st.sampled_from([0.01, 0.1, 0.2, 0.5, 0.9]) | st.floats(0.001, 0.999), st.booleans()), min_size=2
)


@settings(max_examples=100, deadline=None)
@given(rows=chances)
def test_against_scikit_learn_and_against_every_pair(rows: list[tuple[float, bool]]) -> None:
    chance, events = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    found = scores(chance, events)
    assert found.brier == pytest.approx(brier_score_loss(events, chance, pos_label=True))
    assert found.log_loss == pytest.approx(log_loss(events, chance, labels=[False, True]))
    assert (found.rows, found.events) == (len(rows), int(events.sum()))
    if not events.any() or events.all():
        assert found.auc is None
        assert found.average_precision is None
        return
    assert found.auc == pytest.approx(roc_auc_score(events, chance))
    assert found.average_precision == pytest.approx(average_precision_score(events, chance))
    pairs = [(a > b) + (a == b) / 2 for a in chance[events] for b in chance[~events]]
    assert found.auc == pytest.approx(sum(pairs) / len(pairs))
    assert ranking(np.log(chance) * 7 - 3, events)[0] == pytest.approx(found.auc)  # only the order counts
    assert ranking(-chance, events)[0] == pytest.approx(1 - found.auc)
    assert ranking(-chance, events)[1] == pytest.approx(found.auc_error)


@settings(max_examples=60, deadline=None)
@given(rows=chances, bins=st.integers(1, 12))
def test_the_reliability_table_holds_every_row_once(rows: list[tuple[float, bool]], bins: int) -> None:
    chance, events = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    found = scores(chance, events, bins=bins)
    assert 1 <= len(found.bins) <= bins
    assert sum(one.rows for one in found.bins) == len(rows)
    assert sum(one.rows * one.happened for one in found.bins) == pytest.approx(events.sum())
    assert sum(one.rows * one.given for one in found.bins) == pytest.approx(chance.sum())
    assert [one.given for one in found.bins] == sorted(one.given for one in found.bins)
    if events.any():
        assert found.expected == pytest.approx(chance.sum() / events.sum())


def test_parts_expect_as_many_events_each() -> None:
    chance = np.repeat([0.001, 0.1, 0.5], [1000, 10, 2])
    found = scores(chance, np.arange(1012) % 2 == 0, bins=3)
    assert [one.rows for one in found.bins] == [1000, 10, 2]
    assert [one.given for one in found.bins] == pytest.approx([0.001, 0.1, 0.5])


def test_the_error_of_an_area_is_that_of_many_samples() -> None:
    """Two normal distributions one apart: 400 samples of 60 events and 200 others."""
    luck = np.random.default_rng(0)
    found = []
    for _ in range(400):
        values = np.concatenate([luck.normal(1.0, 1.0, 60), luck.normal(0.0, 1.0, 200)])
        found.append(ranking(values, np.arange(260) < 60))
    areas = np.array([one[0] for one in found])
    assert areas.mean() == pytest.approx(0.760, abs=0.01)
    assert np.mean([one[1] for one in found]) == pytest.approx(areas.std(), rel=0.1)


def test_the_error_of_an_area_by_hand() -> None:
    """Events at 2 and 4, others at 1 and 3: each event is above 1/2 and 1 of them, each other one below 1 and 1/2."""
    area, error, _ = ranking(np.array([1.0, 2.0, 3.0, 4.0]), np.array([False, True, False, True]))
    assert area == 0.75
    assert error == pytest.approx(math.sqrt(0.125 / 2 + 0.125 / 2))


def test_one_chance_for_all_knows_nothing() -> None:
    events = np.arange(100) < 7
    found = scores(np.full(100, 0.07), events)
    assert (found.auc, found.average_precision, found.base_rate) == pytest.approx((0.5, 0.07, 0.07))
    assert found.expected == pytest.approx(1.0)
    assert len(found.bins) == 1
    assert found.log_loss == pytest.approx(-(0.07 * math.log(0.07) + 0.93 * math.log(0.93)))


def test_a_chance_of_nought_that_comes_true_costs_much_but_not_without_end() -> None:
    found = scores(np.array([0.0, 1.0]), np.array([True, False]))
    assert 30 < found.log_loss < 40
    assert found.auc == 0.0
    assert scores(np.array([0.0, 1.0]), np.array([False, True])).log_loss == pytest.approx(0.0, abs=1e-12)


def test_no_event_is_no_ranking() -> None:
    found = scores(np.array([0.2, 0.4]), np.array([False, False]))
    assert found.auc is None
    assert found.expected == math.inf


@pytest.mark.parametrize("wrong", [[0.2], [0.2, 1.2], [0.2, -0.1], [0.2, math.nan]])
def test_what_is_no_chance_is_refused(wrong: list[float]) -> None:
    with pytest.raises(QuestionError):
        scores(np.array(wrong), np.array([True, False]))
    with pytest.raises(QuestionError, match="rank"):
        ranking(np.array([math.nan, 1.0]), np.array([True, False]))
