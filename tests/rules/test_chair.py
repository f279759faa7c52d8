"""Who chairs a body: known, not known, no longer known, and nobody's to hold; never `no` where nothing is known."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from indivisible.apps.cli import main
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.rules.chair import TABLE, chair
from indivisible.rules.councils import COUNCILS
from indivisible.values import day_of


def test_the_chair_of_a_session_that_was_reported(record: Record) -> None:
    found = chair(record, "CSTO", on="2022-05-16").to_dict()
    assert next(iter(found)) == "schema"
    assert (found["schema"], found["body"], found["chair"]) == ("chair/1", "CSTO", "ARM")
    assert (found["from"], found["to"], found["confidence"], found["why"]) == ("2021-09-16", "2022-11-23", "high", None)
    assert "KREMLIN_2022_05_16" in found["sources"]
    assert "regular session" in found["passes"]


@pytest.mark.parametrize(
    ("body", "on", "who"),
    [
        ("CSTO", "2022-11-22", "ARM"), ("CSTO", "2022-11-23", "BLR"), ("CSTO", "2023-12-31", "BLR"),
        ("CSTO", "2024-01-01", "KAZ"), ("CSTO", "2025-12-31", "KGZ"), ("CSTO", "2026-01-01", "RUS"),
        ("OSCE", "2024-12-31", "MLT"), ("OSCE", "2025-01-01", "FIN"), ("EAEU", "2024-06-01", "ARM"),
        ("ASEAN", "2021-04-24", "BRN"), ("SCO", "2025-08-31", "CHN"), ("BRICS", "2024-10-22", "RUS"),
        ("CIS", "2026-01-15", "TKM"),
    ],
)  # fmt: skip
def test_the_day_on_which_it_passes(record: Record, body: str, on: str, who: str) -> None:
    assert chair(record, body, on=on).to_dict()["chair"] == who


@pytest.mark.parametrize(
    ("body", "on", "why", "unsure"),
    [
        ("CSTO", "2026-02-06", "past_coverage", ["RUS"]),
        ("CSTO", "2002-05-13", "silent", []),
        ("BRICS", "2009-06-15", "silent", []),
        ("CIS", "2007-11-01", "undated", ["KGZ"]),
        ("SCO", "2011-06-20", "undated", ["CHN", "KAZ"]),
        ("EU", "2020-01-01", "not_covered", []),
        ("UNSC", "2020-01-01", "not_covered", []),
        ("NATO", "2020-01-01", "no_state_chairs", []),
    ],
)
def test_what_is_not_known_is_said_to_be(record: Record, body: str, on: str, why: str, unsure: list[str]) -> None:
    answer = chair(record, body, on=on)
    found = answer.to_dict()
    assert (found["chair"], found["why"], found["unsure"]) == (None, why, unsure)
    assert (found["from"], found["to"], found["confidence"]) == (None, None, None)
    assert ("not known" in answer.sentence() or "not sure" in answer.sentence()) == (why != "no_state_chairs")


def test_the_last_day_that_is_covered(record: Record) -> None:
    assert chair(record, "CSTO", on="2026-02-05").to_dict()["chair"] == "RUS"


def test_how_it_passes_is_dated(record: Record) -> None:
    assert "elected" in chair(record, "CIS", on="2007-12-31").to_dict()["passes"]
    assert "calendar year" in chair(record, "CIS", on="2008-01-01").to_dict()["passes"]


def test_what_was_not_seen_is_said(record: Record) -> None:
    answer = chair(record, "CSTO", on="2003-01-01")
    assert answer.to_dict()["recalled"] == ["RECALLED_CHAIRS"]
    assert "not seen" in answer.sentence()


def test_no_two_states_chair_at_once_unsaid(record: Record) -> None:
    """On every day on which a turn begins or ends there is one chair, or the answer says why not."""
    for claim in record.claims(field="chair"):
        for day in (claim.begin, claim.end):
            if len(day) == 10 and day_of(day) < record.known_to:
                found = chair(record, claim.subject, on=day).to_dict()
                assert (found["chair"] is None) == (found["why"] is not None), (claim.subject, day)
                assert found["why"] != "disputed", (claim.subject, day)


def test_how_it_passes_is_told_of_every_body_once(record: Record) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {row["organization"] for row in rows}
    assert told <= set(record.entities("organization"))
    assert {council.ORGANIZATION for council in COUNCILS} <= told
    assert {claim.subject for claim in record.claims(field="chair")} <= told
    for row in rows:
        later = [one for one in rows if one["organization"] == row["organization"] and one["from"] == row["to"] != ""]
        assert bool(row["to"]) == bool(later), row
        assert row["confidence"] in ("high", "medium")
        assert row["of_state"] in ("yes", "no")


def test_a_council_is_known_by_its_own_name(record: Record) -> None:
    assert chair(record, "Council of the European Union", on="2020-01-01").body == "EU"


def test_mistakes(record: Record) -> None:
    with pytest.raises(QuestionError, match="near names"):
        chair(record, "CSTOO", on="2022-05-16")
    with pytest.raises(QuestionError, match="not one day"):
        chair(record, "CSTO", on="2022")


def test_the_command() -> None:
    shown = CliRunner().invoke(main, ["chair", "CSTO", "--on", "2022-05-16"], standalone_mode=False)
    assert "Armenia chaired CSTO on 2022-05-16" in shown.output
