"""`indivisible measure`: reference numbers from real data through the command's own functions, and its mistakes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indivisible import panels
from indivisible.apps.cli import main
from indivisible.errors import MissingData
from indivisible.panels.measured import MEASURES, measured
from indivisible.readers import library
from reference_material import shared

DATA = shared("data", "INDIVISIBLE_DATA")
NEEDED = {
    "cow_states2016.csv": "cow_states",
    "cow_majors2016.csv": "cow_majors",
    "cow_nmc_v7_0.parquet": "nmc",
    "atop5_1_directed_dyad_year.parquet": "atop_directed",
    "gml_dirdisp_v2_2_1.parquet": "gml_disputes",
}
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the published datasets are not at {DATA}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data home with what the measures read."""
    folder = tmp_path_factory.mktemp("measured")
    before = os.environ.get("INDIVISIBLE_HOME")
    os.environ["INDIVISIBLE_HOME"] = str(folder)
    for name in NEEDED:
        library.import_path(DATA / name)
    yield folder
    os.environ.pop("INDIVISIBLE_HOME") if before is None else os.environ.__setitem__("INDIVISIBLE_HOME", before)


# models.md, section 16: Ray-Singer CON of the COW major powers and HHI of raw CINC
CON = {1816: 0.3296, 1871: 0.2848, 1900: 0.2331, 1914: 0.2202, 1925: 0.2994, 1938: 0.2270, 1946: 0.4516, 1950: 0.3317,
       1970: 0.3217, 1989: 0.3123, 1992: 0.2782, 2000: 0.3333, 2010: 0.4229, 2016: 0.4619}  # fmt: skip
HHI = {1816: 0.17516, 1946: 0.18181, 1989: 0.06561, 2016: 0.08578}


@needs_data
def test_concentration_over_two_centuries(home: Path) -> None:
    con = {row["year"]: row["con"] for row in measured("con", first=1816, last=2016).rows()}
    assert {year: round(con[year], 4) for year in CON} == CON
    hhi = {row["year"]: row["hhi-raw"] for row in measured("hhi-raw", first=1816, last=2016).rows()}
    assert {year: round(hhi[year], 5) for year in HHI} == HHI


@needs_data
def test_every_measure_gives_rows_of_its_unit(home: Path) -> None:
    n = len(measured("cinc", first=1914, last=1914).rows())
    assert n > 40
    for name, measure in MEASURES.items():
        rows = measured(name, first=1914, last=1914).rows()
        assert len(rows) == {"system": 1, "state": n, "pair": n * (n - 1) // 2}[measure.unit], name
        values = [
            value for row in rows for key, value in row.items() if key not in ("year", "ccode", "ccode1", "ccode2")
        ]
        assert any(value is not None for value in values), name


@needs_data
def test_past_the_data_a_measure_is_missing_not_zero(home: Path) -> None:
    assert measured("con", first=2017, last=2018).rows() == [
        {"year": 2017, "states": None, "con": None},
        {"year": 2018, "states": None, "con": None},
    ]
    (row,) = measured("frustration", first=2012, last=2012).rows()  # the disputes end in 2010
    assert row["L"] is None
    assert row["proved"] is None


@needs_data
def test_frustration_of_a_year_is_proved(home: Path) -> None:
    rows = measured("frustration", first=1950, last=1955).rows()
    assert all(row["proved"] and row["bound"] == row["L"] <= row["m_minus"] for row in rows)


@needs_data
def test_weights_change_similarity(home: Path) -> None:
    plain, by_power = (measured("s", first=1914, last=1914, weights=weights).rows() for weights in ("none", "cinc"))
    assert len(plain) == len(by_power)
    assert plain != by_power


@needs_data
@pytest.mark.parametrize("ending", ["csv", "parquet", "dta", "json", "svg", "html"])
def test_a_series_can_be_taken_away(home: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"poles.{ending}"
    result = CliRunner().invoke(main, ["measure", "poles", "--years", "1900-1920", "--out", str(path)])
    assert result.exit_code == 0, result.output
    assert path.stat().st_size > 300
    if ending == "svg":
        assert path.read_text().count("<polyline") >= 3


def test_signed_ties_of_the_user(tmp_path: Path) -> None:
    ties = tmp_path / "ties.csv"
    ties.write_text("period,from,to,sign\nA,a,b,-1\nA,b,c,-1\nA,a,c,-1\nB,a,b,1\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    result = CliRunner().invoke(main, ["measure", "frustration", "--windows", str(ties), "--csv", str(out), "--json"])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)["rows"]
    assert [(row["period"], row["L"], row["proved"]) for row in rows] == [("A", 1, True), ("B", 0, True)]
    assert out.read_text().startswith("period,n,m,m_minus,L,bound,proved,unique")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["conn", "--years", "1990"], "use: con"),
        (["con"], "no years are given"),
        (["con", "--years", "x"], "is not a span of years"),
        (["con", "--years", "1990-1980"], "the years end"),
        (["con", "--years", "1990", "--weights", "cinc"], "takes no weights"),
        (["con", "--windows", "x.csv"], "goes with the measure frustration"),
        (["con", "--years", "1990", "--among", "EU"], "takes no --among"),
        (["rice", "--years", "1990"], "add --among EU"),
        (["rice", "--years", "1990", "--among", "EU", "--between", "USA,GBR"], "takes no --between"),
        (["rice", "--years", "1990", "--among", "EU", "--weights", "cinc"], "takes no --weights"),
        (["rice", "--years", "1990", "--among", "EU", "--members-on", "1990"], "not one day"),
        (["vote-agreement", "--years", "1990", "--between", "USA"], "add --between FRA,DEU"),
        (["cinc", "--years", "1990", "--states", "Freedonia"], "no state is called 'Freedonia'"),
        (["cinc", "--years", "1950-1960", "--states", "Kosovo"], "Kosovo has no COW code in any year"),
        (["cinc", "--years", "1990", "--states", ","], "names no state"),
        (["gini", "--years", "1990", "--states", "2"], "leave --states out"),
    ],
)
def test_mistakes(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(main, ["measure", *arguments])
    assert result.exit_code == 2, result.output
    assert message in result.output


@pytest.fixture(scope="module")
def votes(home: Path) -> Path:
    library.import_path(DATA / "unga_votes_cow_1946_2024.parquet")
    return home


def asked(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["measure", *arguments, "--json"])
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


@needs_data
@pytest.mark.parametrize(
    ("among", "members_on", "rice", "index"),
    # models.md section 9, session 74: the Union without the United Kingdom, which left as the session ended
    [("EU", "2020-02-01", 0.936647, 0.918803), ("CSTO", None, 0.915751, 0.830769)],
)
def test_cohesion_in_the_assembly(votes: Path, among: str, members_on: str | None, rice: float, index: float) -> None:
    chosen = ["--years", "2019", "--among", among, *(["--members-on", members_on] if members_on else [])]
    rows = {name: asked(name, *chosen)["rows"][0] for name in ("rice", "agreement-index", "attina")}
    assert rows["rice"]["rice"] == pytest.approx(rice, abs=5.1e-7)
    assert rows["agreement-index"]["agreement-index"] == pytest.approx(index, abs=5.1e-7)
    assert rows["attina"]["attina"] == pytest.approx((4 * index - 1) / 3, abs=1e-6)
    for row in rows.values():
        assert (row["session"], row["unsure"]) == (74, 0)
    assert rows["attina"]["roll_calls"] == 91
    assert 0.14 < rows["agreement-index"]["by_chance"] < 0.35
    assert rows["rice"]["by_chance"] == pytest.approx({"EU": 0.208922, "CSTO": 0.372940}[among], abs=5.1e-7)


@needs_data
def test_members_are_those_of_the_day_of_the_vote(votes: Path) -> None:
    """The United Kingdom was a member of the Union throughout session 74; three states joined NATO in March 1999."""
    (row,) = asked("rice", "--years", "2019", "--among", "EU")["rows"]
    assert row["members_voting"] == 28
    before, after = (asked("rice", "--years", year, "--among", "NATO")["rows"][0] for year in ("1997", "1999"))
    assert after["members_voting"] - before["members_voting"] == 3


@needs_data
def test_agreement_of_votes(votes: Path) -> None:
    """models.md section 5, session 74."""
    (row,) = asked("vote-agreement", "--years", "2019", "--between", "USA,GBR")["rows"]
    printed = {
        "roll_calls": 91,
        "agreement": 0.653846,
        "s": 0.307692,
        "kappa_squared": 0.394908,
        "pi_squared": 0.307935,
    }
    assert {name: row[name] for name in printed} == pytest.approx(printed, abs=5.1e-7)
    told = asked("vote-agreement", "--years", "1990-1993", "--between", "USA,RUS")
    assert [row["agreement"] is None for row in told["rows"]] == [True, True, False, False]  # the code was the Union's


@needs_data
def test_years_without_data_are_said(home: Path) -> None:
    found = measured("gini", first=2015, last=2018)
    assert found.to_dict()["not_known"] == [2017, 2018]
    assert "not known: 2017 to 2018" in found.sentence()
    assert "--carry-system" in found.sentence()
    assert measured("gini", first=2015, last=2018, carry_system=True).unknown == ()
    past = measured("s", first=2018, last=2020, carry_system=True)  # the alliances end in 2018
    assert past.unknown == (2019, 2020)
    assert "--carry-system" not in past.sentence()
    assert "--carry-system" not in measured("gini", first=1800, last=1820).sentence()


@needs_data
def test_some_states_only(home: Path) -> None:
    assert {row["ccode"] for row in measured("cinc", first=2000, last=2001, states=(2, 200)).rows()} == {2, 200}
    for named in ((2, 200), ("USA", "GBR"), ("United States", 200), ("2", "united kingdom")):
        (row,) = measured("s", first=2000, last=2000, states=named).rows()
        assert (row["ccode1"], row["ccode2"]) == (2, 200)


@needs_data
def test_a_code_is_a_states_in_the_years_in_which_it_has_it(home: Path) -> None:
    """One code went from one state to another in December 1991: to each belong its own years, to the code all."""

    def years(*states: int | str) -> list[int]:
        return [row["year"] for row in measured("cinc", first=1989, last=1993, states=states).rows()]

    assert years("RUS") == [1991, 1992, 1993]
    assert years("USSR") == [1989, 1990]
    assert years("USSR", "RUS") == years(365) == [1989, 1990, 1991, 1992, 1993]


def test_every_dataset_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(MissingData) as caught:
        measured("poles", first=1990, last=1990, home=tmp_path)
    for key in ("atop_directed", "cow_majors", "cow_states", "nmc"):
        assert f"({key})" in str(caught.value)
    assert "4 datasets are not imported" in str(caught.value)
    assert "indivisible data import" in str(caught.value)
    with pytest.raises(MissingData, match=r"3 datasets .*\(atop_directed\).*\(cow_states\).*\(vdem\)"):
        panels.dyad_years(years=(1990, 1991), home=tmp_path).with_("atop", "vdem", "peace-years").frame()
    with pytest.raises(MissingData, match=r"^COW State System Membership \(cow_states\) is not imported \(get it"):
        panels.state_years(years=(1990, 1991), home=tmp_path).frame()
