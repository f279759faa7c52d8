"""The command `notify`: three-valued throughout, a calendar that others read, one line for every mistake."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.apps.cli import main
from indivisible.errors import FileError
from indivisible.record.record import Record
from indivisible.rules.addressees import bound_by, bound_on_the_day
from indivisible.rules.base import bond
from indivisible.rules.notify import notify
from indivisible.rules.treaties import TREATIES
from indivisible.values import Truth, day_of

BASE: dict[str, Any] = {
    "name": "Northern Shield", "by": ["NOR", "SWE"], "host": ["NOR"], "starts": "2019-03-11", "ends": "2019-03-22",
    "organised": True, "no_advance_notice": False, "transfer": False, "troops": 13500, "tanks": 120, "acvs": 410,
    "artillery": 90, "landing_troops": 0, "sorties": 150, "other_activities": [],
}  # fmt: skip
ALL_DOCUMENTS = [text.KEY for text in TREATIES if hasattr(text, "DOCUMENT")]


def required(record: Record, exercise: Mapping[str, Any]) -> dict[str, str]:
    whole = notify(record, exercise).to_dict()
    return {one["article"]: one["required"] for one in whole["duties"]}


def run(tmp_path: Path, exercise: Mapping[str, Any] | str, *words: str) -> tuple[int, str]:
    path = tmp_path / "exercise.yaml"
    text = exercise if isinstance(exercise, str) else yaml.safe_dump(dict(exercise))
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["notify", str(path), *words])
    return done.exit_code, done.output


def refused(record: Record, exercise: Mapping[str, Any]) -> str:
    with pytest.raises(FileError) as problem:
        notify(record, exercise)
    return str(problem.value)


def test_who_tells_whom_by_when(record: Record) -> None:
    whole = notify(record, BASE).to_dict()
    assert next(iter(whole)) == "schema"
    assert whole["schema"] == "notify/1"
    told = next(one for one in whole["duties"] if one["article"] == "40.1.1")
    assert (told["state"], told["required"], told["by_when"]) == ("NOR", "yes", "2019-01-28")
    assert len(told["addressees"]) == 56
    assert "NOR" not in told["addressees"]
    assert whole["guests"] == ["SWE"]
    sentence = notify(record, BASE).sentence()
    assert "notification required no later than 2019-01-28 (40.1.1): NOR" in sentence
    assert "if its own part reaches the level: SWE" in sentence


def test_one_document_at_a_time(record: Record) -> None:
    for on in ("1988-06-01", "1990-12-31", "1991-01-01", "1992-04-30", "1992-05-01", "1994-12-31", "1995-01-01",
               "1999-12-31", "2000-01-01", "2011-11-30", "2011-12-01", "2019-06-01"):  # fmt: skip
        answer = notify(record, {"by": ["FRA"], "host": ["FRA"], "starts": on, "ends": on})
        assert len({one.text.KEY for one in answer.applying()}) == 1, on


def test_a_text_that_another_replaced_binds_nobody(record: Record) -> None:
    for key in ALL_DOCUMENTS:
        bound = bond(record, key, "FRA", day_of("2015-01-01")).bound
        assert bound is (Truth.YES if key == "VIENNA_DOCUMENT_2011" else Truth.NO), key


@given(day=st.integers(day_of("1970-01-01"), day_of("2027-12-31")))
@settings(max_examples=40, deadline=None)
def test_who_is_told_changes_only_on_days_on_which_the_record_turns(record: Record, day: int) -> None:
    for key in (*ALL_DOCUMENTS, "SHANGHAI_CBM_BORDER_1996"):
        assert bound_by(record, key, day) == bound_on_the_day(record, key, day), key


def test_who_is_told_about_the_days_on_which_states_joined(record: Record) -> None:
    for on in ("1992-01-29", "1992-01-30", "1992-01-31", "2012-11-20", "2012-11-21", "2012-11-22"):
        day = day_of(on)
        assert bound_by(record, "VIENNA_DOCUMENT_2011", day) == bound_on_the_day(record, "VIENNA_DOCUMENT_2011", day)
    assert len(bound_by(record, "VIENNA_DOCUMENT_2011", day_of("2019-03-11"))) == 57


@pytest.mark.parametrize("name", ["troops", "tanks", "acvs", "artillery", "landing_troops", "organised", "transfer"])
def test_what_is_forgotten_is_never_no(record: Record, name: str) -> None:
    small = {**BASE, "troops": 100, "sorties": 0}
    before = required(record, small)
    after = required(record, {key: value for key, value in small.items() if key != name})
    for article, was in before.items():
        assert after[article] in (was, "unknown"), article
    if name in ("troops", "tanks", "acvs", "artillery"):
        assert after["40.1.1"] == "unknown"


@given(
    low=st.integers(0, 30000), more=st.integers(0, 30000), days=st.integers(0, 100),
    unit=st.sampled_from(["troops", "tanks", "acvs", "artillery"]),
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_an_interval_is_known_only_where_both_ends_agree(
    record: Record, low: int, more: int, days: int, unit: str
) -> None:
    given_on = date(2019, 1, 28).fromordinal(date(2019, 3, 11).toordinal() - days).isoformat()
    whole = {**BASE, "troops": 0, "notified_on": given_on}
    ends = [required(record, {**whole, unit: end}) for end in (low, low + more)]
    across = required(record, {**whole, unit: f"{low}..{low + more}"})
    for article in across:
        first, last = (end[article] for end in ends)
        assert across[article] in ({first} if first == last else {"unknown"}), article


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"trops": 5000}, "near names: troops"),
        ({"troops": -5}, "below zero"),
        ({"troops": "many"}, "is not a number"),
        ({"troops": 9.5}, "is not a whole number"),
        ({"other_activities": [{"troops": 9.5}]}, "is not a whole number"),
        ({"by": "NOR"}, "is not a list of names"),
        ({"ends": "2019-03-10"}, "before it starts on 2019-03-11"),
        ({"starts": "2019-02-30"}, "is not a day"),
        ({"starts": None}, "first day is not given"),
        ({"host": ["NORWAI"]}, "no state is called 'NORWAI'"),
        ({"by": None, "host": None}, "no state is named"),
        ({"in_zone": False}, "in_zone is no"),
        ({"notified": False, "notified_on": "2019-01-01"}, "notified is no"),
        ({"organised": "perhaps"}, "is not yes or no"),
        ({"figures": [{"troops": 5}]}, "whose figures they are is not said"),
        ({"figures": [{"basis": "declared", "tonks": 5}]}, "near names: tanks"),
        ({"figures": {"basis": "declared"}}, "must be a list of maps"),
        ({"other_activities": [{"starts": "2019-05-02", "ends": "2019-05-01"}]}, "row 1"),
        ({"schema": "exercise/2"}, "write schema: exercise/1"),
    ],
)
def test_one_clear_line_for_every_mistake(record: Record, change: dict[str, Any], said: str) -> None:
    message = refused(record, {**BASE, **change})
    assert said in message
    assert "\n" not in message


def test_mistakes_on_the_command_line(tmp_path: Path) -> None:
    assert run(tmp_path, {**BASE, "troops": -5})[0] == 3
    assert run(tmp_path, "starts: 2019-02-30\nby: [NOR]\n")[0] == 3
    assert run(tmp_path, "- a list\n")[0] == 3
    assert run(tmp_path, BASE, "--calendar", str(tmp_path / "notices.txt"))[0] == 3
    assert CliRunner().invoke(main, ["notify"]).exit_code == 2
    assert CliRunner().invoke(main, ["notify", str(tmp_path / "none.yaml")]).exit_code == 3


def test_a_host_outside_the_zone_is_an_answer(tmp_path: Path) -> None:
    code, said = run(tmp_path, {**BASE, "by": ["USA"], "host": ["USA"]})
    assert code == 0
    assert "No text on military activities that is encoded here applies to it." in said
    assert "outside the zone" in said


def test_the_calendar_is_read_by_others(tmp_path: Path) -> None:
    """Read with a reader of our own for this test: unfold the lines, then take events and their days."""
    path = tmp_path / "notices.ics"
    assert run(tmp_path, BASE, "--calendar", str(path))[0] == 0
    first = path.read_bytes()
    assert run(tmp_path, BASE, "--calendar", str(path))[0] == 0
    assert path.read_bytes() == first
    assert first.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))
    assert first.count(b"\n") == first.count(b"\r\n")
    lines = first.decode().replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == sum(x.startswith("UID:") for x in lines)
    assert len({line for line in lines if line.startswith("UID:")}) == lines.count("BEGIN:VEVENT")
    told = lines.index("SUMMARY:Northern Shield: last day for notification (Vienna Document 2011\\, 40.1.1)")
    assert lines[told - 2 : told] == ["DTSTART;VALUE=DATE:20190128", "DTEND;VALUE=DATE:20190129"]
    whole = lines.index("SUMMARY:Northern Shield")
    assert lines[whole - 2 : whole] == ["DTSTART;VALUE=DATE:20190311", "DTEND;VALUE=DATE:20190323"]


def test_the_answer_as_json_on_the_command_line(tmp_path: Path) -> None:
    code, said = run(tmp_path, BASE, "--json")
    assert code == 0
    whole = json.loads(said)
    assert {one["instrument"] for one in whole["duties"]} == {"VIENNA_DOCUMENT_2011"}
    assert [one["verdict"] for one in whole["constraints"]] == ["yes"] * 4
