"""Expenditures of a day and of years, the ties of each year's end, and the rows of the fit against plain loops."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from invented_expenditures import FIRST, LAST, imported

from indivisible.architecture.snapshot import as_of
from indivisible.architecture.to_arrays import to_arrays
from indivisible.errors import MissingData, QuestionError
from indivisible.panels import armament_ties
from indivisible.panels.armament import expenditure_on, spent_by_year
from indivisible.panels.armament_fit import COLUMNS, _Rows, _with_hostility, armament_fit, reactions
from indivisible.panels.armament_ties import ties_of_year
from indivisible.record.load import cache_folder
from indivisible.record.record import Record
from indivisible.values import day_of

DAY = day_of("2019-06-01")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("home"))


def test_shares_of_a_year_sum_to_one_and_odd_names_are_found(home: Path, record: Record) -> None:
    spent = spent_by_year("sipri", FIRST, LAST, record=record, home=home)
    assert sorted(spent.shares) == list(range(FIRST, LAST + 1))
    assert sum(spent.shares[2010].values()) == pytest.approx(1.0)
    assert {"COD", "TUR", "RUS"} <= set(spent.shares[2010])
    assert spent.nameless == ("European Union",)
    with pytest.raises(QuestionError, match="nmc or sipri"):
        spent_by_year("cia", FIRST, LAST, record=record, home=home)


@pytest.mark.parametrize(("on", "year"), [("2018-12-30", 2017), ("2018-12-31", 2018), ("2019-01-01", 2018),
                                          ("2025-01-01", 2018)])  # fmt: skip
def test_the_figures_of_a_day_are_those_of_the_last_ended_year_that_is_covered(
    home: Path, record: Record, on: str, year: int
) -> None:
    found = expenditure_on(day_of(on), record=record, home=home)
    assert found.year == year
    assert str(year) in found.name


def test_another_source_stands_in_for_a_silent_one_and_says_so(home: Path, record: Record) -> None:
    found = expenditure_on(DAY, record=record, home=home)
    assert found.dollars["NOR"] == 385_000 * 1000  # COW code 385, thousands of dollars
    assert found.dollars["DNK"] == 390_000 * 1000
    assert found.dollars["FIN"] != 375_000 * 1000
    assert found.name == "SIPRI, 2018; for 2 states without a figure there National Material Capabilities, 2018"
    assert set(found.versions) == {"nmc", "sipri_milex"}
    assert found.world == pytest.approx(sum(found.dollars.values()))


def test_a_day_before_all_figures_is_refused(home: Path, record: Record, tmp_path: Path) -> None:
    with pytest.raises(MissingData, match="no expenditure before"):
        expenditure_on(day_of("1816-06-01"), record=record, home=home)
    with pytest.raises(MissingData, match="sipri_milex"):
        expenditure_on(DAY, record=record, home=tmp_path)


def test_the_ties_of_a_year_are_those_of_its_last_day(record: Record) -> None:
    arrays = to_arrays(as_of(record, day_of("2016-12-31")))
    for _ in range(2):  # made, and out of the cache
        ties = ties_of_year(record, 2016)
        armament_ties._ties.cache_clear()
        assert ties.states == arrays.states
        assert (ties.borders == arrays.borders).all()
        assert ties.hostile is not None
        assert arrays.hostility is not None
        assert (ties.hostile == arrays.hostility.sure).all()
        assert (ties.defended() == arrays.ties("defence").sure.T).all()
        without = ("EU_TEU_42_7_2009",)
        assert (ties.defended(without=without) == arrays.ties("defence", without=without).sure.T).all()
    assert ties_of_year(record, 1960).hostile is None


def test_a_damaged_cache_is_made_anew(record: Record) -> None:
    whole = ties_of_year(record, 2015)
    armament_ties._ties.cache_clear()
    (path,) = cache_folder().glob("ties-*-2015.npz")
    for damage in (b"", path.read_bytes()[:100], b"no archive at all"):
        path.write_bytes(damage)
        again = ties_of_year(record, 2015)
        armament_ties._ties.cache_clear()
        assert (again.borders == whole.borders).all()
        assert path.read_bytes() != damage
    assert not list(cache_folder().glob(".ties-*"))


def test_rows_of_the_fit_are_those_of_plain_loops(home: Path, record: Record) -> None:
    spent = spent_by_year("sipri", FIRST, LAST, record=record, home=home)
    ties = [ties_of_year(record, year) for year in range(FIRST, LAST)]
    tied = _with_hostility("conflicts", ties, record, home)
    assert not isinstance(tied, str)
    rows = _Rows.of(spent, tied)
    own = {state: [spent.shares[y][state] for y in range(FIRST, LAST) if state in spent.shares[y + 1]]
           for state in spent.shares[FIRST]}  # fmt: skip
    usual = {state: float(np.median(values)) for state, values in own.items()}
    found = {}
    for year, _ in pairwise(range(FIRST, LAST + 1)):
        arrays = to_arrays(as_of(record, date(year, 12, 31).toordinal()))
        pledged, now = arrays.ties("defence").sure, spent.shares[year]
        assert arrays.hostility is not None
        foes = arrays.hostility.sure
        for i, state in enumerate(arrays.states):
            if state not in now or state not in spent.shares[year + 1]:
                continue
            sums = [0.0, 0.0, 0.0]
            for j, other in enumerate(arrays.states):
                if other not in now or i == j:
                    continue
                sums[0] += now[other] * foes[i, j]
                sums[1] += now[other] * (arrays.borders[i, j] and not pledged[j, i])
                camp = any(foes[i, h] and pledged[j, h] for h in range(len(arrays.states)))
                sums[2] += now[other] * (camp and not pledged[j, i])
            change = (spent.shares[year + 1][state] - now[state]) / usual[state]
            if abs(change) <= 1.0:
                found[state, year] = (change, *sums, -now[state] / usual[state])
    assert len(found) == len(rows.changes)
    assert rows.breaks == 1  # Poland, from 2012 to 2013
    for k, change in enumerate(rows.changes):
        expected = found[rows.states[rows.state[k]], rows.years[rows.year[k]]]
        assert (change, *rows.columns[k]) == pytest.approx(expected, abs=1e-12)


def test_a_fit_of_a_day(home: Path) -> None:
    fit = armament_fit(DAY, home=home)
    found = fit.variant("sipri", "none")
    assert not isinstance(found, str)
    assert found.years == (FIRST, LAST)
    assert found.rows == 13 * 14 - 2  # thirteen states, without Poland's leap and Norway's last year
    assert set(found.coefficients) == set(COLUMNS)
    assert np.isnan(found.coefficients["hostile"].error)
    assert found.coefficients["fatigue"].used > 0.0
    assert all(one.used >= 0.0 for one in (*found.coefficients.values(), *found.grievances.values()))
    assert fit.variant("sipri", "rivalries of 2020 (Thompson, Sakuwa and Suhas)") == "rivalries_tss is not imported"
    assert fit.variant("sipri", "somebody's list") == "no fit with hostility by somebody's"
    assert "conflicts" in {name for _, name in fit.variants}
    assert fit is armament_fit(DAY, home=home)
    shown = fit.to_dict()
    assert shown["variants"][0]["grievance"]["least"] >= 0.0
    assert fit.world == expenditure_world(home)
    with pytest.raises(MissingData, match="10 are needed"):
        armament_fit(day_of("2010-06-01"), home=home)


def expenditure_world(home: Path) -> float:
    from indivisible.record.load import load

    return expenditure_on(DAY, record=load(), home=home).world


def test_reactions_by_hand() -> None:
    """A and B are hostile, B and C neighbours; C is pledged to defend B, and D both A and B."""
    hostile, borders, defended = (np.zeros((4, 4), dtype=bool) for _ in range(3))
    hostile[0, 1] = hostile[1, 0] = True
    borders[1, 2] = borders[2, 1] = True
    defended[1, 2] = defended[0, 3] = defended[1, 3] = True
    foes, near, camp = reactions(hostile, borders, defended, defended)
    assert (foes == hostile).all()
    assert np.argwhere(near).tolist() == [[2, 1]]  # C is B's defender, so B does not answer it
    assert np.argwhere(camp).tolist() == [[0, 2]]  # A answers C; D defends A too
