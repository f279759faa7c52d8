"""CINC: a small world by hand, spot values, the published column in full, and what must hold of any components."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from indivisible.errors import QuestionError
from indivisible.measures.capability import cinc, component_shares, renormalised
from reference_material import shared

NMC = shared("data", "INDIVISIBLE_DATA") / "cow_nmc_v7_0.parquet"
COMPONENTS = ["milex", "milper", "irst", "pec", "tpop", "upop"]


def test_a_missing_component_is_left_out_and_is_not_zero() -> None:
    # Aland has 3 of 4 guns and 1 of 2 people; Bland 1 of 4 and 1 of 2; of Cland's guns nothing is known, 0 people
    table = np.array([[3.0, 1.0], [1.0, 1.0], [math.nan, 0.0], [math.nan, math.nan]])
    index = cinc(table)
    assert index[:3] == pytest.approx([(3 / 4 + 1 / 2) / 2, (1 / 4 + 1 / 2) / 2, 0.0])
    assert math.isnan(index[3])


def test_sums_above_one_are_renormalised_year_by_year() -> None:
    table = np.array([[1.0, 3.0], [math.nan, 1.0], [5.0, 5.0]])
    year = np.array([1900, 1900, 1901])
    index = cinc(table, year=year)
    assert index == pytest.approx([(1 + 3 / 4) / 2, 1 / 4, 1.0])
    assert index[:2].sum() > 1
    assert renormalised(index, year=year) == pytest.approx([0.875 / 1.125, 0.25 / 1.125, 1.0])


def test_a_component_that_nobody_has_gives_no_share() -> None:
    assert np.isnan(component_shares(np.array([[0.0, 1.0], [0.0, 3.0]]))[:, 0]).all()
    assert cinc(np.array([[0.0, 1.0], [0.0, 3.0]])) == pytest.approx([0.25, 0.75])


def test_edges() -> None:
    assert cinc(np.zeros((0, 6))).shape == (0,)
    assert cinc(np.array([[5.0]])) == pytest.approx([1.0])
    assert np.isnan(cinc(np.full((3, 2), math.nan))).all()
    assert np.isnan(renormalised(np.full(3, math.nan))).all()
    with pytest.raises(QuestionError, match="negative"):
        cinc(np.array([[-9.0]]))
    with pytest.raises(QuestionError, match="axes"):
        cinc(np.array([1.0]))
    with pytest.raises(QuestionError, match="years for"):
        cinc(np.array([[1.0]]), year=np.array([1900, 1901]))


@pytest.fixture(scope="module")
def published() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """COW code, year, components (NaN where missing) and the published index."""
    if not NMC.exists():
        pytest.skip(f"no National Material Capabilities at {NMC}: set INDIVISIBLE_DATA")
    import polars as pl

    table = pl.read_parquet(NMC)
    components = table.select(COMPONENTS).cast(pl.Float64).to_numpy().copy()
    components[components == -9] = math.nan
    return table["ccode"].to_numpy(), table["year"].to_numpy(), components, table["cinc"].to_numpy()


def test_equal_to_the_published_column_on_every_state_year(published: tuple[np.ndarray, ...]) -> None:
    """models.md section 4: 17,121 state-years, 2,804 of them with missing parts."""
    _, year, components, index = published
    assert len(year) == 17121
    assert np.isnan(components).any(axis=1).sum() == 2804
    assert np.abs(cinc(components, year=year) - index).max() < 1e-7


@pytest.mark.parametrize(
    ("code", "year", "printed"),
    # models.md section 4
    [(2, 1816, 0.0396975), (2, 1945, 0.383864), (2, 1990, 0.141448), (2, 2016, 0.133254), (710, 2012, 0.220364),
     (710, 2016, 0.230825), (200, 1816, 0.336619), (365, 1950, 0.180598), (750, 2016, 0.087294)],
)  # fmt: skip
def test_spot_values(published: tuple[np.ndarray, ...], code: int, year: int, printed: float) -> None:
    codes, years, components, _ = published
    that_year = years == year
    index = cinc(components[that_year])
    assert index[codes[that_year] == code] == pytest.approx([printed], abs=5.1e-7)


def test_yearly_sums(published: tuple[np.ndarray, ...]) -> None:
    """models.md section 4: mean 1.0239, highest 1.0747; renormalised, exactly 1."""
    _, year, components, _ = published
    index = cinc(components, year=year)
    sums = np.array([index[year == y].sum() for y in np.unique(year)])
    assert sums.mean() == pytest.approx(1.0239, abs=5.1e-5)
    assert sums.max() == pytest.approx(1.0747, abs=5.1e-5)
    weights = renormalised(index, year=year)
    assert [weights[year == y].sum() for y in np.unique(year)] == pytest.approx([1.0] * len(sums))


amounts = st.none().map(lambda _: math.nan) | st.floats(0.0, 1e6).map(lambda x: round(x, 3))
worlds = hnp.arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 4)), elements=amounts)


def obvious(table: np.ndarray) -> list[float]:
    index = []
    for row in table:
        shares = []
        for c, amount in enumerate(row):
            total = sum(x for x in table[:, c] if not math.isnan(x))
            if not math.isnan(amount) and total > 0:
                shares.append(amount / total)
        index.append(sum(shares) / len(shares) if shares else math.nan)
    return index


@settings(max_examples=150, deadline=None)
@given(worlds, st.randoms(use_true_random=False))
def test_any_world(table: np.ndarray, random: object) -> None:
    index = cinc(table)
    np.testing.assert_allclose(index, obvious(table), atol=1e-12)
    order = np.array(sorted(range(len(table)), key=lambda _: random.random()))  # type: ignore[attr-defined]
    np.testing.assert_allclose(cinc(table[order]), index[order], atol=1e-12)
    np.testing.assert_allclose(cinc(table * 8.0), index, atol=1e-12)  # another unit
    assert ((index >= 0) & (index <= 1 + 1e-12) | np.isnan(index)).all()
