"""The bounded two-way regression against one written out with columns of ones and zeros, and another solver's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import lsq_linear

from indivisible.measures.two_way import TwoWay, two_way

Panel = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def panel(seed: int, *, units: int = 6, periods: int = 7, columns: int = 2, missing: int = 4) -> Panel:
    """A random panel with holes; effects of units are often below zero."""
    draw = np.random.default_rng(seed)
    unit, period = (part.ravel() for part in np.meshgrid(np.arange(units), np.arange(periods), indexing="ij"))
    kept = np.sort(draw.permutation(len(unit))[missing:])
    unit, period = unit[kept], period[kept]
    table = draw.normal(size=(len(unit), columns)) + draw.normal(size=units)[unit][:, None]
    outcome = table @ draw.normal(size=columns) + draw.normal(size=units)[unit] + draw.normal(size=periods)[period]
    return outcome + 0.3 * draw.normal(size=len(unit)), table, unit.astype(np.int64), period.astype(np.int64)


def written_out(one: Panel) -> np.ndarray:
    """The whole table: columns, one of ones and zeros for each unit, and for each period but the last."""
    _, columns, unit, period = one
    by_unit = (unit[:, None] == np.arange(unit.max() + 1)).astype(float)
    by_period = (period[:, None] == np.arange(period.max() + 1)).astype(float)
    return np.hstack([columns, by_unit, by_period[:, :-1] - by_period[:, -1:]])


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_bounds_are_kept_as_another_solver_keeps_them(seed: int) -> None:
    one = panel(seed)
    found, table = two_way(*one), written_out(one)
    m, units = one[1].shape[1], int(one[2].max()) + 1
    bounded = np.arange(table.shape[1]) < m + units
    other = lsq_linear(table, one[0], bounds=(np.where(bounded, 0.0, -np.inf), np.inf), method="bvls", tol=1e-14)
    assert np.concatenate([found.coefficients, found.units]) == pytest.approx(other.x[: m + units], abs=1e-6)
    assert (found.coefficients >= 0.0).all()
    assert (found.units >= 0.0).all()
    plain = np.linalg.lstsq(table, one[0], rcond=None)[0]
    assert np.concatenate([found.free, found.free_units]) == pytest.approx(plain[: m + units], abs=1e-8)
    assert found.periods.sum() == pytest.approx(0.0, abs=1e-9)


def by_hand(one: Panel) -> tuple[np.ndarray, np.ndarray]:
    """Clustered errors and plain errors, from their definitions with the whole table."""
    table, m = written_out(one), one[1].shape[1]
    inverse = np.linalg.inv(table.T @ table)
    left = one[0] - table @ (inverse @ table.T @ one[0])
    meat = np.zeros_like(inverse)
    for unit in np.unique(one[2]):
        score = table[one[2] == unit].T @ left[one[2] == unit]
        meat += np.outer(score, score)
    units = len(np.unique(one[2]))
    robust = inverse @ meat @ inverse * units / (units - 1)
    variance = left @ left / (len(left) - table.shape[1])
    return np.sqrt(np.diag(robust))[:m], np.sqrt(variance * np.diag(inverse))[m : m + units]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_errors_are_those_of_the_whole_table(seed: int) -> None:
    one = panel(seed)
    found = two_way(*one)
    clustered, plain = by_hand(one)
    assert found.errors == pytest.approx(clustered, rel=1e-7)
    assert found.unit_errors == pytest.approx(plain, rel=1e-7)


def test_by_hand() -> None:
    """Two units, three periods, y = 2 x + (1, 3) + (-1, 0, 1) without error."""
    unit, period = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 1, 2, 0, 1, 2])
    x = np.array([[1.0], [4.0], [2.0], [0.0], [1.0], [7.0]])
    y = 2 * x[:, 0] + np.array([1.0, 3.0])[unit] + np.array([-1.0, 0.0, 1.0])[period]
    found = two_way(y, x, unit, period)
    assert found.coefficients == pytest.approx([2.0])
    assert found.units == pytest.approx([1.0, 3.0])
    assert found.periods == pytest.approx([-1.0, 0.0, 1.0])
    assert found.fitted == pytest.approx(1.0)
    assert found.errors == pytest.approx([0.0], abs=1e-9)
    turned = two_way(-y + 10, x, unit, period)  # the coefficient would be -2: at its bound
    assert turned.coefficients == pytest.approx([0.0], abs=0)
    assert turned.free == pytest.approx([-2.0])


def test_a_column_that_says_nothing_has_no_error() -> None:
    """One that is the same for a unit in all periods cannot be told from the unit's effect."""
    outcome, columns, unit, period = panel(3)
    more = np.column_stack([columns, unit.astype(float), np.zeros(len(unit)), period.astype(float)])
    found, plain = two_way(outcome, more, unit, period), two_way(outcome, columns, unit, period)
    assert found.coefficients[2:].tolist() == [0.0, 0.0, 0.0]
    assert np.isnan(found.errors[2:]).all()
    assert found.coefficients[:2] == pytest.approx(plain.coefficients)
    assert found.errors[:2] == pytest.approx(plain.errors)


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="5 rows"):
        two_way(*(part[:5] for part in panel(1, units=2, periods=4, missing=0)))


def test_whatever_the_order_and_the_unit() -> None:
    outcome, columns, unit, period = panel(11)
    order = np.random.default_rng(1).permutation(len(unit))
    shuffled: TwoWay = two_way(outcome[order], columns[order], unit[order], period[order])
    scaled: TwoWay = two_way(1000 * outcome, columns, unit, period)
    plain: TwoWay = two_way(outcome, columns, unit, period)
    assert shuffled.coefficients == pytest.approx(plain.coefficients)
    assert shuffled.errors == pytest.approx(plain.errors)
    assert scaled.coefficients == pytest.approx(1000 * plain.coefficients)
    assert scaled.units == pytest.approx(1000 * plain.units)
