"""Concentration: numbers by hand, the major powers from 1816 to 2016, and what must hold of any shares."""

from __future__ import annotations

import csv
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indivisible.measures.capability import cinc
from indivisible.measures.concentration import effective_number, herfindahl, ray_singer
from reference_material import shared

DATA = shared("data", "INDIVISIBLE_DATA")


def test_by_hand() -> None:
    """models.md section 16: [.4, .3, .2, .1] .258199, equal 0, monopoly 1, a single state undefined."""
    shares = np.array([0.4, 0.3, 0.2, 0.1])
    assert ray_singer(shares) == pytest.approx(0.258199, abs=5.1e-7)
    assert ray_singer(np.full(7, 3.0)) == pytest.approx(0.0, abs=1e-7)
    assert ray_singer(np.array([1.0, 0.0, 0.0])) == pytest.approx(1.0)
    assert math.isnan(ray_singer(np.array([1.0])))
    assert herfindahl(shares) == pytest.approx(0.3)
    assert effective_number(shares) == pytest.approx(1 / 0.3)


def test_shares_as_given_or_renormalised() -> None:
    assert herfindahl(np.array([0.6, 0.6])) == pytest.approx(0.5)
    assert herfindahl(np.array([0.6, 0.6]), renormalise=False) == pytest.approx(0.72)


@pytest.mark.parametrize("amounts", [[], [0.0, 0.0], [1.0, math.nan], [1.0, -0.5], [1.0, math.inf]])
def test_undefined_is_not_a_number(amounts: list[float]) -> None:
    given = np.array(amounts)
    assert all(math.isnan(measure(given)) for measure in (ray_singer, herfindahl, effective_number))


# models.md section 16: CON of the major powers' renormalised CINC; HHI of the system's CINC as published
CON = {1816: 0.3296, 1871: 0.2848, 1900: 0.2331, 1914: 0.2202, 1925: 0.2994, 1938: 0.2270, 1946: 0.4516, 1950: 0.3317,
       1970: 0.3217, 1989: 0.3123, 1992: 0.2782, 2000: 0.3333, 2010: 0.4229, 2016: 0.4619}  # fmt: skip
HHI = {1816: 0.17516, 1946: 0.18181, 1989: 0.06561, 2016: 0.08578}


@pytest.fixture(scope="module")
def index() -> dict[int, dict[int, float]]:
    """CINC by year and COW code."""
    path = DATA / "cow_nmc_v7_0.parquet"
    if not path.exists() or not (DATA / "cow_majors2016.csv").exists():
        pytest.skip(f"no National Material Capabilities and major powers in {DATA}: set INDIVISIBLE_DATA")
    import polars as pl

    table = pl.read_parquet(path)
    components = table.select("milex", "milper", "irst", "pec", "tpop", "upop").cast(pl.Float64).to_numpy().copy()
    components[components == -9] = math.nan
    years = table["year"].to_numpy()
    found: dict[int, dict[int, float]] = {}
    for code, year, value in zip(table["ccode"], years, cinc(components, year=years), strict=True):
        found.setdefault(int(year), {})[int(code)] = float(value)
    return found


@pytest.mark.parametrize("year", CON)
def test_major_powers(index: dict[int, dict[int, float]], year: int) -> None:
    with (DATA / "cow_majors2016.csv").open() as file:
        spells = [(int(r["ccode"]), int(r["styear"]), int(r["endyear"])) for r in csv.DictReader(file)]
    majors = {code for code, first, last in spells if first <= year <= last}
    found = ray_singer(np.array([index[year][code] for code in sorted(majors)]))
    assert found == pytest.approx(CON[year], abs=5.1e-5)


@pytest.mark.parametrize("year", HHI)
def test_the_whole_system(index: dict[int, dict[int, float]], year: int) -> None:
    shares = np.array(list(index[year].values()))
    assert herfindahl(shares, renormalise=False) == pytest.approx(HHI[year], abs=5.1e-6)


some = st.lists(st.floats(0.001, 1e6), min_size=2, max_size=20)


@given(some, st.floats(0.01, 100), st.randoms(use_true_random=False))
def test_any_amounts(amounts: list[float], unit: float, random: object) -> None:
    given = np.array(amounts)
    con, hhi = ray_singer(given), herfindahl(given)
    assert -1e-12 <= con <= 1 + 1e-12
    assert 1 / len(given) - 1e-12 <= hhi <= 1 + 1e-12
    assert con == pytest.approx(math.sqrt(max(hhi - 1 / len(given), 0) / (1 - 1 / len(given))), abs=1e-9)
    random.shuffle(amounts)  # type: ignore[attr-defined]
    # near 0 a square root makes much of rounding
    assert ray_singer(np.array(amounts) * unit) == pytest.approx(con, abs=1e-6)


@given(st.integers(2, 30), st.floats(0.001, 1e6))
def test_equal_shares_are_not_concentrated(n: int, amount: float) -> None:
    assert ray_singer(np.full(n, amount)) == pytest.approx(0.0, abs=1e-7)
    assert effective_number(np.full(n, amount)) == pytest.approx(n)
