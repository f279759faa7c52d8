"""Places by votes: what is left out, whose code it was, what the command says, and how near the published ones are."""

from __future__ import annotations

import csv
import json
import math
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk
from indivisible.errors import MissingData, QuestionError
from indivisible.panels.assembly_votes import assembly_votes, year_of
from indivisible.panels.ideal_points import PlacesByVotes, places_by_votes
from indivisible.readers import library
from indivisible.record.load import load
from indivisible.record.record import Record
from reference_material import shared

Row = dict[str, Any]
DATA = shared("data", "INDIVISIBLE_DATA")
VOTES = DATA / "unga_votes_cow_1946_2024.parquet"
PUBLISHED = DATA / "unga_ideal_points_apr2020_by_issue.parquet"
needs_data = pytest.mark.skipif(not PUBLISHED.is_file(), reason=f"the published datasets are not at {DATA}")
CODES = range(901, 925)
ISSUES = ("me", "nu", "di", "hr", "co", "ec")


def invented(sessions: tuple[int, ...] = (18, 19, 20, 44, 45)) -> list[Row]:
    """Votes of 24 lands in the publisher's layout, from one dimension; every fourth roll call is on a paragraph."""
    luck = np.random.default_rng(1)
    place = dict(zip(CODES, np.linspace(-2, 2, len(CODES)), strict=True))
    rows = []
    for session in sessions:
        for number in range(20):
            slope, cut = luck.choice([-1.5, 1.5]), luck.normal() * 0.6
            told = {"amend": int(number % 8 == 7), "para": int(number % 8 == 3)}
            told |= {code: int(code == ISSUES[number % 6]) for code in ISSUES}
            for code in CODES:
                latent = slope * place[code] + luck.normal()
                vote = 8 if luck.random() < 0.05 else 1 + (latent > cut) + (latent > cut + 0.7)
                date = f"{1945 + session}-{10 + number // 10}-{1 + number % 10:02d}"
                rows.append({"rcid": session * 1000 + number, "ccode": code, "session": session, "vote": vote,
                             "date": date} | told)  # fmt: skip
        rows += [{**row, "ccode": 511} for row in rows[-len(CODES) :][:1]]
    return rows


def written(folder: Path, rows: list[Row], name: str = "UNVotes_invented.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("votes")
    library.import_path(written(folder, invented()), home=folder)
    return folder


@pytest.fixture
def lands(facts: Callable[[dict[str, str]], Path]) -> Record:
    """Lands with the codes of the invented votes; code 901 goes from Old to New Aland in the middle of session 20."""
    lines = ["RECORD,kind,,record,,,,,ATLAS,,high,", "RECORD,known_to,,2020-01-01,,,,,ATLAS,,high,"]
    for key, name in [("OLD", "Old Aland"), ("NEW", "New Aland"), *((f"L{c}", f"Land {c}") for c in CODES[1:])]:
        lines += [f"{key},kind,,state,1900-01-01,,,,ATLAS,,high,", f"{key},name,,{name},,,,,ATLAS,,high,"]
    lines += ["OLD,cow_code,,901,1900-01-01,1965-10-05,,,ATLAS,,high,", "NEW,cow_code,,901,1965-10-05,,,,ATLAS,,high,"]
    lines += [f"L{code},cow_code,,{code},1900-01-01,,,,ATLAS,,high," for code in CODES[1:-1]]
    sources = "source,title,publisher,published,kind,licence,url,note\nATLAS,An atlas,Press,2000,official,CC0,,\n"
    return load(facts=facts({"all.csv": "\n".join(lines) + "\n", "sources/all.csv": sources}))


def placed(home: Path, record: Record, **chosen: Any) -> PlacesByVotes:
    asked: Row = {"first": 1960, "last": 1995, "anchors": {"924": 2.0, "L902": -2.0}, "home": home, "record": record}
    return places_by_votes(**asked | chosen)


def test_what_is_left_out_and_what_is_not(home: Path) -> None:
    votes = assembly_votes(1963, 1990, home=home)
    assert votes.sessions == (18, 20, 44, 45)
    assert votes.codes.tolist() == list(CODES)
    assert [own.shape for own in votes.votes] == [(24, 20), (24, 20), (24, 20), (24, 15)], "paragraphs after 1989"
    assert not {45003, 45007, 45011, 45015, 45019} & set(votes.roll_calls[3].tolist())
    assert votes.parts_told
    assert votes.left_out["votes on amendments and paragraphs"] == pytest.approx(5 * 24, abs=15)
    assert votes.left_out["votes in a session or of a state that the method leaves out"] > 400
    assert all(set(np.unique(own[~np.isnan(own)])) == {1.0, 2.0, 3.0} for own in votes.votes)
    assert np.isnan(votes.votes[0]).sum() == pytest.approx(0.05 * 480, abs=20)


def test_years_are_those_in_which_a_session_opens(home: Path) -> None:
    assert (year_of(1), year_of(74), year_of(78)) == (1946, 2019, 2023)
    assert assembly_votes(1965, 1989, home=home).sessions == (20, 44)
    assert assembly_votes(1966, 1990, home=home).sessions == (44, 45)


def test_only_what_is_about_an_issue(home: Path) -> None:
    votes = assembly_votes(1963, 1990, issue="nu", home=home)
    assert [calls.tolist() for calls in votes.roll_calls] == [
        [18001, 18007, 18013, 18019], [20001, 20007, 20013, 20019], [44001, 44007, 44013, 44019], [45001, 45013],
    ]  # fmt: skip
    with pytest.raises(QuestionError, match=r"no issue is called 'war' \(use one of: me \(Middle East\)"):
        assembly_votes(1963, 1990, issue="war", home=home)


def test_a_file_that_does_not_tell(tmp_path: Path) -> None:
    """The cleaned file has neither issues nor parts: nothing is left out for them, and a question about them fails."""
    rows = [
        {"resid": row["rcid"], "session": row["session"], "ccode": row["ccode"], "date": row["date"], "year": 1,
         "vote": row["vote"]}
        for row in invented((45,))
        if row["vote"] < 8
    ]  # fmt: skip
    twice = {**rows[0], "date": "1990-12-30", "vote": 4 - rows[0]["vote"] if rows[0]["vote"] != 2 else 1}
    library.import_path(written(tmp_path, [*rows, twice], "unga_votes_cow_invented.csv"), home=tmp_path)
    votes = assembly_votes(1990, 1990, home=tmp_path)
    assert votes.votes[0].shape == (24, 20)
    assert not votes.parts_told
    assert votes.left_out["votes that stand twice and differ"] == 2
    assert np.isnan(votes.votes[0][0, 0])
    with pytest.raises(QuestionError, match="does not tell what a roll call is about"):
        assembly_votes(1990, 1990, issue="nu", home=tmp_path)


def test_places_keys_and_names(home: Path, lands: Record) -> None:
    found = placed(home, lands)
    assert found.found.search.converged
    assert [row["session"] for row in found.rows()] == sorted(row["session"] for row in found.rows())
    first = [row for row in found.rows() if row["session"] == 18]
    assert [row["state"] for row in first] == [*(f"L{code}" for code in CODES[1:-1]), "OLD", None]
    assert [(row["state"], row["name"]) for row in found.rows() if row["ccode"] == 901] == [
        ("OLD", "Old Aland"), ("OLD", "Old Aland"), ("NEW", "New Aland"), ("NEW", "New Aland"),
    ]  # fmt: skip
    assert [row["state"] for row in found.rows() if row["ccode"] == 924] == [None] * 4, "the record has no such code"
    by_code = {row["ccode"]: row["ideal_point"] for row in first}
    assert np.corrcoef(list(by_code), list(by_code.values()))[0, 1] > 0.95
    assert {row["year"] for row in found.rows()} == {1963, 1965, 1989, 1990}
    assert all(row["standard_error"] > 0 for row in found.rows())


def test_rows_are_chosen_and_all_votes_are_used(home: Path, lands: Record) -> None:
    whole = {(row["session"], row["ccode"]): row["ideal_point"] for row in placed(home, lands).rows()}
    some = placed(home, lands, states=["Land 905", "L907"], session=44)
    assert [(row["session"], row["state"]) for row in some.rows()] == [(44, "L905"), (44, "L907")]
    assert all(row["ideal_point"] == whole[row["session"], row["ccode"]] for row in some.rows())
    assert some.counts == placed(home, lands).counts


def test_your_own_anchors_turn_the_sign(home: Path, lands: Record) -> None:
    usual = placed(home, lands)
    mirrored = placed(home, lands, anchors={"924": -2.0, "L902": 2.0})
    assert [row["ideal_point"] for row in mirrored.rows()] == [-row["ideal_point"] for row in usual.rows()]
    assert [row["standard_error"] for row in mirrored.rows()] == [row["standard_error"] for row in usual.rows()]


def test_a_state_that_always_votes_the_same_has_no_place(tmp_path: Path, lands: Record) -> None:
    rows = [{**row, "vote": 1} if (row["ccode"], row["session"]) == (910, 20) else row for row in invented((18, 20))]
    library.import_path(written(tmp_path, rows), home=tmp_path)
    (row,) = placed(tmp_path, lands, states=["L910"], session=20).rows()
    assert (row["votes_used"], row["ideal_point"], row["standard_error"]) == (0, None, None)
    (row,) = placed(tmp_path, lands, states=["L910"], session=20, keep_unvarying=True).rows()
    assert row["votes_used"] == 20
    assert row["ideal_point"] is not None


def test_the_answer_in_json_has_no_number_that_is_none(home: Path, lands: Record) -> None:
    answer = placed(home, lands).to_dict()
    assert next(iter(answer)) == "schema"
    assert answer["schema"] == "ideal_points/1"
    json.dumps(answer, allow_nan=False)
    assert answer["search"]["converged"] is True
    assert answer["search"]["change"] <= answer["search"]["tolerance"] == 1e-6
    assert answer["asked"]["anchors"] == {"902": -2.0, "924": 2.0}
    assert answer["datasets"] == ["unga_votes"]


def test_a_search_cut_short_is_said_aloud(home: Path, lands: Record) -> None:
    found = placed(home, lands)
    assert "NOT" not in found.sentence()
    short = replace(found.found, search=replace(found.found.search, converged=False))
    assert "the search did NOT converge (after " in replace(found, found=short).sentence()


def test_what_there_is_not(home: Path, lands: Record, tmp_path: Path) -> None:
    for chosen, says in (
        ({"session": 19}, "session 19 is left out by the method"),
        ({"session": 21}, "the years have sessions 18 to 45"),
        ({"states": ["Freedonia"]}, "no state is called 'Freedonia'"),
        ({"states": ["NEW"], "last": 1964}, "NEW cast no vote"),
        ({"first": 1991, "last": 1990}, "before they begin"),
        ({"first": 1970, "last": 1975}, "no session with recorded votes"),
        ({"smooth": 0.0}, "no variance"),
        ({"smooth": math.nan}, "no variance"),
        ({"tolerance": 0.0}, "a tolerance of 0"),
        ({"anchors": {"L905": 0.0}}, "cannot start at 0"),
        ({"anchors": {"990": 1.0}}, "no state with an anchor"),
    ):
        with pytest.raises(QuestionError, match=says):
            placed(home, lands, **chosen)
    with pytest.raises(MissingData, match="unga_votes"):
        placed(tmp_path, lands)


@pytest.fixture
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDIVISIBLE_HOME", str(home))


ASKED = ("ideal-points", "--from", "1960", "--to", "1995", "--anchor", "924=2", "--anchor", "902=-2")


def test_the_command(at_home: None, tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, ASKED)
    assert shown.exit_code == 0, shown.output
    assert "They place votes, not intentions." in shown.stdout
    assert "Shown: session 45" in shown.stdout
    assert "step 1 moved places by up to" in shown.stderr
    told = CliRunner().invoke(main, [*ASKED, "--json"])
    assert json.loads(told.stdout)["counts"]["places"] == 96
    for ending in ("csv", "parquet", "dta", "json", "html"):
        out = tmp_path / f"places.{ending}"
        result = CliRunner().invoke(main, [*ASKED, "--out", str(out)])
        assert result.exit_code == 0, result.output
        assert out.stat().st_size > 1000
    cited = CliRunner().invoke(main, [*ASKED, "--cite"])
    assert "Estimating Dynamic State Preferences" in cited.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--anchor", "924"], "is no starting place"),
        (["--anchor", "=3"], "is no starting place"),
        (["--anchor", "924=high"], "is no starting place"),
        (["--issue", "war"], "no issue is called 'war'"),
        (["--session", "7"], "no votes of a session 7"),
        (["--state", "Freedonia"], "no state is called 'Freedonia'"),
        (["--smooth", "-1"], "is no variance"),
        (["--from", "2024", "--to", "2030"], "the file has 1963 to 1990"),
    ],
)
def test_mistakes(at_home: None, arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(main, [*ASKED, *arguments])
    assert result.exit_code == 2, result.output
    assert message in result.output


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlacesByVotes]:
    """Sessions 35 to 50, as the command places them."""
    folder = tmp_path_factory.mktemp("assembly")
    before = os.environ.get("INDIVISIBLE_HOME")
    os.environ["INDIVISIBLE_HOME"] = str(folder)
    library.import_path(VOTES)
    yield places_by_votes(first=1980, last=1995)
    os.environ.pop("INDIVISIBLE_HOME") if before is None else os.environ.__setitem__("INDIVISIBLE_HOME", before)


def beside(found: PlacesByVotes) -> pl.DataFrame:
    """Our places beside the published means of the same code and session."""
    published = pl.read_parquet(PUBLISHED).filter(pl.col("set") == "All").select("ccode", "session", "IdealPoint")
    ours = pl.DataFrame(found.rows(), infer_schema_length=None).drop_nulls("ideal_point")
    return ours.join(published, on=["ccode", "session"])


@needs_data
def test_places_are_as_published(real: PlacesByVotes) -> None:
    both = beside(real)
    assert both.height > 2400
    within = both.group_by("session").agg(pl.corr("ideal_point", "IdealPoint").alias("r"))["r"]
    assert len(within) == 16
    assert float(np.median(within)) >= 0.98
    assert min(within) >= 0.97
    assert real.found.search.converged


@needs_data
def test_the_turn_of_1990(real: PlacesByVotes) -> None:
    """models.md, section 8: the published places of two codes in 1985 and 1995, and how far each moved."""
    places = {(row["ccode"], row["year"]): row["ideal_point"] for row in real.rows()}
    for code, before, after in ((290, -1.16, 1.25), (365, -1.46, 1.16)):
        assert places[code, 1985] == pytest.approx(before, abs=0.35)
        assert places[code, 1995] == pytest.approx(after, abs=0.35)
        assert places[code, 1995] - places[code, 1985] > 2
    keys = {(row["ccode"], row["year"]): row["state"] for row in real.rows()}
    assert (keys[365, 1985], keys[365, 1991], keys[365, 1992]) == ("SUN", "SUN", "RUS")


@needs_data
def test_mirrored_anchors_mirror_the_assembly(real: PlacesByVotes, desk: Desk) -> None:
    anchors = {"USA": -3.0, "CAN": -3.0, "GBR": -3.0, "ISR": -3.0, "365": 2.0, "265": 2.0}
    mirrored = desk.councils.ideal_points(first=1980, last=1995, anchors=anchors)
    assert [row["ideal_point"] for row in mirrored.rows()] == [
        None if row["ideal_point"] is None else -row["ideal_point"] for row in real.rows()
    ]
    assert "Voeten" in mirrored.cite()
