"""History: an invented world of seven lands, against one world at a time; years past coverage; stopped half-way."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner

from indivisible.apps.cli import main
from indivisible.architecture.arrays import Arrays
from indivisible.assess.history import coverage, history, spread_of, vulnerable
from indivisible.assess.history_answer import History
from indivisible.assess.history_measures import YEAR_MEASURES, chosen_measures
from indivisible.assess.spillover import pledge_effects, power_effects
from indivisible.errors import MissingData, QuestionError, UnknownName
from indivisible.measures.inequality import absolute_gini, variance
from indivisible.models import contest, deterrence, distance
from indivisible.models.base import settle
from indivisible.panels.measured import measured
from indivisible.panels.year_worlds import Choices, worlds_of
from indivisible.readers import library
from indivisible.record.load import load
from indivisible.record.record import Record
from panels.invented_panels import CODES, world

FIRST, LAST = 2003, 2020


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented world, with capitals; the capabilities of 255 are known from 2006 on only, its people never."""
    folder, kept = tmp_path_factory.mktemp("history"), tmp_path_factory.mktemp("history-home")
    world(folder, kept)
    nmc = folder / "cow_nmc_invented.csv"
    with nmc.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {"milex": 5, "milper": 5, "irst": 5, "pec": 5, "tpop": -9, "upop": 5, "cinc": 0.25}
    rows += [{"ccode": 255, "year": year} | known for year in range(2006, 2019)]
    for name, lines in {
        "cow_nmc_2_invented.csv": rows,
        "cow_capitals.csv": [
            {"ccode": code, "statenme": f"Land {code}", "capital": "Town", "stdate": "2000-01-01",
             "enddate": "2024-12-31", "lat": code / 10 % 60, "lng": code % 170}
            for code in CODES
        ],
    }.items():  # fmt: skip
        with (folder / name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(lines[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines)
        assert not library.import_path(folder / name, home=kept).failed
    return kept


@pytest.fixture(scope="session")
def record() -> Record:
    return load()


@pytest.fixture(scope="session")
def found(home: Path, record: Record) -> History:
    return history(model="deterrence", first=FIRST, last=LAST, record=record, home=home)


def known_worlds(home: Path, record: Record) -> Iterator[tuple[int, Arrays]]:
    for one in worlds_of(FIRST, LAST, record=record, home=home):
        arrays = one.arrays_for(deterrence.reads)
        if isinstance(arrays, Arrays) and not np.isnan(arrays.power.best).any():
            yield one.year, arrays


def test_every_year_is_what_its_own_world_says(found: History, home: Path, record: Record) -> None:
    rows = {row["year"]: row for row in found.rows()}
    ready = settle("deterrence", deterrence.parameters)
    years = []
    for year, arrays in known_worlds(home, record):
        years.append(year)
        row, n = rows[year], len(arrays.states)
        slow = power_effects(deterrence, ready, arrays, slowly=True)
        others = slow[~np.eye(n, dtype=bool) & (np.diag(slow) > 0.0)[:, None]]
        p, q = others[others > 0].sum(), -others[others < 0].sum()
        assert row["indivisibility"] == pytest.approx(1 - q / (p + q), abs=1e-8)
        pairs = np.column_stack(np.triu_indices(n, k=1))
        effects = pledge_effects(deterrence, ready, arrays, pairs, slowly=True)
        for place, (i, k) in enumerate(pairs.tolist()):
            effects[place, [i, k]] = 0.0
        effects = effects[np.isfinite(effects)]
        p, q = effects[effects > 0].sum(), -effects[effects < 0].sum()
        expected = None if p + q == 0 else pytest.approx(1 - q / (p + q), abs=1e-8)
        assert row["pledge_indivisibility"] == expected
        scores = deterrence.read(arrays, ready).best
        assert row["gini_absolute"] == pytest.approx(absolute_gini(scores[np.isfinite(scores)]))
        assert row["variance"] == pytest.approx(variance(scores[np.isfinite(scores)]))
        defended = [any(arrays.pledges["defence"][k, i] for k in range(n)) for i in range(n)]
        assert row["covered"] == sum(defended)
        assert row["covered_share"] == sum(defended) / n
        assert row["vulnerable"] == sum(t.value == "yes" for t in deterrence.vulnerable(arrays, ready))
    assert years == [2003, *range(2006, 2019)]


def test_a_year_that_is_not_covered_is_not_known_and_says_why(found: History) -> None:
    rows = {row["year"]: row for row in found.rows()}
    for year in (2004, 2005, 2019, 2020):  # no capabilities of 255; then neither capabilities nor alliances
        for column in ("indivisibility", "pledge_indivisibility", "gini_absolute", "vulnerable", "worst"):
            assert rows[year][column] is None
    assert rows[2004]["covered"] is not None  # pledges are known
    assert rows[2019]["covered"] is None
    assert rows[2020]["states"] == 6  # the states of 2016 again
    why = {(gap.measure, gap.years): gap.why for gap in found.gaps}
    assert re.fullmatch(r"the capabilities of [^,]+ are not known", why[("spread", (2004, 2005))])  # of one state
    assert "atop_directed" in why[("coverage", (2019, 2020))]
    assert "1815 to 2018" not in why[("coverage", (2019, 2020))]  # of the file that is imported, not of the publisher's
    assert found.carried == (2017, 2018, 2019, 2020)
    told = " ".join(found.says())
    assert "indivisibility, pledges, spread, vulnerable and coverage: not known 2019 to 2020" not in told  # two reasons
    assert "2017 to 2020 repeat its last one" in told


def test_what_the_panels_have_is_theirs(found: History, home: Path) -> None:
    con = {
        row["year"]: row["con"] for row in measured("con", first=FIRST, last=LAST, carry_system=True, home=home).body
    }
    balance = measured("frustration", first=FIRST, last=LAST, carry_system=True, home=home)
    of_year = {row["year"]: row for row in balance.body}
    for row in found.rows():
        assert row["con"] == con[row["year"]]
        assert row["line_balance"] == of_year[row["year"]]["F"]
        assert row["triangle_balance"] == of_year[row["year"]]["T"]
    assert {row["year"] for row in found.rows() if row["line_balance"] is None} >= set(range(2011, 2021))


def test_people_weigh_where_they_are_known(found: History) -> None:
    rows = {row["year"]: row for row in found.rows()}
    assert rows[2003]["people_not_known"] == 0
    assert rows[2010]["people_not_known"] == 1  # 255
    assert rows[2003]["gini_absolute_by_people"] is not None


def test_the_shape(found: History) -> None:
    told = found.to_dict()
    assert told["schema"] == "history/1"
    assert next(iter(told)) == "schema"
    json.dumps(told, allow_nan=False)
    assert len(told["rows"]) == LAST - FIRST + 1
    columns = {column for one in told["measures"] for column in one["columns"]}
    assert columns | {"year", "states"} == set(told["rows"][0])
    assert set(told["data"]) >= {"nmc", "atop_directed", "cow_states", "cow_majors", "gml_disputes"}
    assert all(one["says"] and one["cannot_say"] for one in told["measures"])
    assert not told["interrupted"]
    assert told["choices"]["hostility"] is None  # deterrence reads none, so that no list of rivals is asked for
    assert "rivalries_tss" not in told["data"]


def test_power_alone_or_pledges_alone(home: Path, record: Record) -> None:
    few = history(model="distance", first=2003, last=2003, measures=["pledges", "coverage"], record=record, home=home)
    assert [one.name for one in few.measures] == ["pledges", "coverage"]
    assert set(few.rows()[0]) == {"year", "states", "covered", "covered_share", *YEAR_MEASURES["pledges"].columns}
    assert few.gaps[0].why == "nobody else gains or loses by it"  # power starts at home, whoever is allied with whom
    assert few.rows()[0]["pledge_indivisibility"] is None


def test_distance_does_not_ask_for_troops_unless_they_count(home: Path, record: Record) -> None:
    asked = {"model": "distance", "first": 2003, "last": 2003, "record": record, "home": home}
    assert history(**asked).rows()[0]["gini_absolute"] is not None
    forward = history(**asked, settings={"distance.forward": 1.0})
    assert forward.rows()[0]["gini_absolute"] is None
    assert "say nothing of it" in forward.gaps[0].why


def test_a_model_that_does_not_read_power(home: Path, record: Record) -> None:
    found = history(model="contest", first=2003, last=2003, record=record, home=home)
    why = {gap.measure: gap.why for gap in found.gaps}
    assert why["indivisibility"] == "the model does not read power"
    assert "--measure" in why["pledges"]  # too slow unless asked for
    assert any(one.startswith("pledges: left out 2003 (it takes long") for one in found.says())
    assert "vulnerable" not in [one.name for one in found.measures]
    asked = history(model="contest", first=2003, last=2003, measures=["vulnerable"], record=record, home=home)
    assert asked.gaps[0].why == "the model knows no feasible attacks"
    asked = history(model="contest", first=2003, last=2003, measures=["pledges"], record=record, home=home)
    assert all("--measure" not in gap.why for gap in asked.gaps)


def test_readings_side_by_side_have_columns_of_their_own(home: Path, record: Record) -> None:
    found = history(
        model="commitment", first=2003, last=2003, measures=["spread", "coverage"], record=record, home=home
    )
    row = found.rows()[0]
    assert {
        f"gini_absolute_{kind}" for kind in ("consultation", "defence", "neutrality", "nonaggression", "offence")
    } <= set(row)
    assert found.columns(YEAR_MEASURES["coverage"]) == ("covered", "covered_share")
    assert len(found.to_dict()["parameters"]) == 5


def test_stopped_half_way_it_gives_what_there_is(home: Path, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(what: str, done: int, all_of_it: int) -> None:
        assert (what, all_of_it) == ("years", 6)
        if done == 2:
            raise KeyboardInterrupt

    found = history(model="deterrence", first=2006, last=2011, record=record, home=home, progress=stop)
    assert found.interrupted
    assert [row["year"] for row in found.rows()] == [2006, 2007]
    assert "interrupted, so the years 2008 to 2011 are missing" in found.sentence()
    assert found.exit_code == 1
    assert all(year <= 2007 for gap in found.gaps for year in gap.years)

    def at_once(what: str, done: int, all_of_it: int) -> None:
        raise AssertionError("no year is done")

    def broken(*_: object, **__: object) -> Iterator[object]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("indivisible.assess.history.worlds_of", broken)
    with pytest.raises(KeyboardInterrupt):
        history(model="deterrence", first=2006, last=2011, record=record, home=home, progress=at_once)


def test_without_data_it_says_what_to_import(tmp_path: Path, record: Record) -> None:
    with pytest.raises(MissingData, match="data import") as all_of_it:
        history(model="deterrence", first=2003, last=2004, record=record, home=tmp_path)
    for dataset in ("atop_directed", "cow_capitals", "cow_majors", "cow_states", "gml_disputes", "nmc"):
        assert dataset in str(all_of_it.value)
    with pytest.raises(MissingData) as less:
        history(model="deterrence", first=2003, last=2004, measures=["spread"], record=record, home=tmp_path)
    assert "gml_disputes" not in str(less.value)


def test_questions_that_cannot_be_understood(home: Path, record: Record) -> None:
    with pytest.raises(QuestionError, match="use: indivisibility"):
        history(model="deterrence", first=2003, last=2004, measures=["indivisible"], record=record, home=home)
    with pytest.raises(QuestionError, match="before they begin"):
        history(model="deterrence", first=2004, last=2003, record=record, home=home)
    with pytest.raises(UnknownName):
        history(model="deterence", first=2003, last=2004, record=record, home=home)
    with pytest.raises(QuestionError, match="no source of alliances is called"):
        Choices(alliances="atopp")


def test_measures_in_the_order_of_the_list() -> None:
    assert [one.name for one in chosen_measures(["spread", "indivisibility"])] == ["indivisibility", "spread"]
    assert len(chosen_measures(None)) == len(YEAR_MEASURES)
    for one in YEAR_MEASURES.values():
        assert {name for group in one.drawings for name in group} <= set(one.columns)


# ---- worlds by hand


def test_coverage_counts_the_defended() -> None:
    arrays = Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0}, pledges=[("A", "B", "defence"), ("A", "C", "neutrality")])
    assert coverage(arrays) == {"covered": 1, "covered_share": pytest.approx(1 / 3)}  # B; C is only to be left alone
    assert coverage(Arrays.of({})) == {"covered": 0, "covered_share": None}


def test_spread_of_nobody_and_of_intervals() -> None:
    ready = settle("deterrence", deterrence.parameters)
    alone = deterrence.read(Arrays.of({"A": 1.0}), ready)
    assert spread_of(alone, np.array([1.0])) == "no state has a score"
    none = contest.read(Arrays.of({"A": 1.0, "B": 1.0}, hostile=[("A", "B")]), settle("contest", contest.parameters))
    assert isinstance(spread_of(none, np.array([1.0, 1.0])), (str, dict))
    hidden = Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0}, places={"A": (0.0, 0.0), "B": (0.0, 5.0)})
    reading = distance.read(hidden, settle("distance", distance.parameters))
    row = spread_of(reading, np.array([1.0, 1.0, math.nan]))
    assert isinstance(row, dict)
    assert row["gini_absolute"] == 0.0  # A and B alike; C has no lower bound
    assert row["people_not_known"] == 1


def test_vulnerable_is_not_known_where_it_hangs_on_a_figure() -> None:
    ready = settle("deterrence", deterrence.parameters)
    arrays = Arrays.of({"A": None, "B": 1.0}, bounds={"A": (0.0, 5.0)})
    assert vulnerable(deterrence, arrays, ready) == "of some states it is not known"
    assert vulnerable(deterrence, Arrays.of({"A": 2.0, "B": 1.0}), ready) == {"vulnerable": 1}


# ---- the command


def run(home: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    monkeypatch.setenv("INDIVISIBLE_HOME", str(home))
    result = CliRunner().invoke(main, ["history", "--model", "deterrence", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_prints_limits_beside_figures(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = run(home, monkeypatch, "--from", "2003", "--to", "2005", "--measure", "spread", "--measure", "coverage")
    assert "It cannot say whether the pledge would be kept" in text
    assert "not known 2004 to 2005" in text
    assert "·" in text


def test_the_command_draws_and_writes(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    span = ("--from", "2006", "--to", "2012")
    for name in ("h.svg", "h.html", "h.csv", "h.json", "h.parquet"):
        run(home, monkeypatch, *span, "--out", str(tmp_path / name))
    drawing = ElementTree.fromstring((tmp_path / "h.svg").read_text(encoding="utf-8"))
    inner = [one for one in drawing if one.tag.endswith("svg")]
    assert len(inner) == 10  # spread and polarity have two each, all others one
    tops = [float(one.get("y", "0")) for one in inner]
    assert tops == sorted(tops)
    assert float(drawing.get("viewBox", "").split()[3]) >= tops[-1] + float(inner[-1].get("height", "0"))
    page = (tmp_path / "h.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 10
    assert "It cannot say" in page
    assert "<h2>Not known</h2>" in page
    run(home, monkeypatch, *span, "--csv", str(tmp_path / "again.csv"))
    assert (tmp_path / "again.csv").read_text(encoding="utf-8") == (tmp_path / "h.csv").read_text(encoding="utf-8")
    cited = run(home, monkeypatch, *span, "--cite")
    assert "@" in cited
    assert "Singer" in cited


def test_stopped_on_the_command_line(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(what: str, done: int, all_of_it: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("indivisible.apps.assess_command.tell", stop)
    monkeypatch.setenv("INDIVISIBLE_HOME", str(home))
    result = CliRunner().invoke(main, ["history", "--model", "deterrence", "--from", "2006", "--to", "2009"])
    assert result.exit_code == 1
    assert "interrupted, so the years 2007 to 2009 are missing" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--model", "deterrence", "--from", "2003"], "Missing option '--to'"),
        (["--model", "deterence", "--from", "2003", "--to", "2004"], "near names: deterrence"),
        (["--model", "deterrence", "--from", "2003", "--to", "2004", "--measure", "gini"], "no measure called 'gini'"),
        (["--model", "deterrence", "--from", "2004", "--to", "2003"], "before they begin"),
        (
            ["--model", "deterrence", "--from", "2003", "--to", "2004", "--hostility", "war"],
            "no source of hostility is called",
        ),
    ],
)
def test_likely_mistakes(home: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str) -> None:
    monkeypatch.setenv("INDIVISIBLE_HOME", str(home))
    result = CliRunner().invoke(main, ["history", *words])
    assert result.exit_code == 2
    assert said in result.output
