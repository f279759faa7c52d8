"""Who was a member: the four kinds of doubt, the two layers, the stages, on a world worked out by hand."""

from __future__ import annotations

import pytest

from indivisible.architecture.member_years import member_years
from indivisible.architecture.members import members
from indivisible.errors import QuestionError, UnknownName
from indivisible.record.record import Record
from indivisible.report.why import why_members


def asked(world: Record, on: str, **chosen: str) -> tuple[set[str], dict[str, str]]:
    answer = members(world, "LEAGUE", on=on, **chosen)
    return set(answer.members), dict(answer.unsure)


@pytest.mark.parametrize(
    ("on", "certain", "unsure"),
    [
        ("1949-12-31", set(), {}),
        ("1950-01-01", {"ALA"}, {}),
        ("1959-12-31", {"ALA"}, {}),
        ("1960-01-01", {"ALA"}, {}),
        ("1969-12-31", {"ALA"}, {}),
        ("1970-01-01", {"ALA"}, {"BLA": "undated"}),
        ("1970-12-30", {"ALA"}, {"BLA": "undated"}),
        ("1970-12-31", {"ALA", "BLA"}, {}),
        ("1979-12-31", {"ALA", "BLA", "ELA"}, {}),
        ("1980-01-01", {"ALA", "BLA"}, {"ELA": "disputed"}),
        ("1980-06-14", {"ALA", "BLA"}, {"ELA": "disputed"}),
        ("1980-06-15", {"ALA"}, {"ELA": "disputed"}),
        ("1985-02-28", {"ALA"}, {"ELA": "disputed"}),
        ("1985-03-01", {"ALA"}, {"CLA": "undated", "ELA": "disputed"}),
        ("1985-03-31", {"ALA", "CLA"}, {"ELA": "disputed"}),
        ("2019-12-31", {"ALA", "CLA"}, {"ELA": "disputed"}),
        ("2020-01-01", set(), {"ALA": "past_coverage", "CLA": "past_coverage", "ELA": "past_coverage"}),
    ],
)
def test_both_sides_of_every_date(world: Record, on: str, certain: set[str], unsure: dict[str, str]) -> None:
    found, doubts = asked(world, on)
    assert found == certain
    assert {
        state: why for state, why in doubts.items() if state not in ("BLA", "DLA") or why != "past_coverage"
    } == unsure


def test_a_period_must_hold_throughout(world: Record) -> None:
    assert asked(world, "1980")[1]["BLA"] == "undated"
    assert "BLA" in asked(world, "1979")[0]
    assert "BLA" not in asked(world, "1981")[0]
    assert "ALA" in asked(world, "1960")[0]


def test_a_change_of_the_full_role_does_not_end_membership(world: Record) -> None:
    answer = members(world, "LEAGUE", on="1959")
    assert (answer.role_used, answer.stage) == (("signatory_party",), "Pact 1950")
    assert members(world, "LEAGUE", on="1960-01-01").role_used == ("member",)


def test_suspension_counts_on_the_participation_layer_only(world: Record) -> None:
    for on, there in (("2000-05-04", True), ("2000-05-05", False), ("2001-05-04", False), ("2001-05-05", True)):
        assert "CLA" in asked(world, on)[0]
        assert ("CLA" in asked(world, on, layer="participation")[0]) is there


def test_a_listing_does_not_beat_a_complete_list(world: Record) -> None:
    answer = members(world, "LEAGUE", on="1992-06-01")
    assert "DLA" not in answer.members
    assert [row["state"] for row in answer.to_dict()["rivals"]] == ["DLA", "ELA"] or "DLA" in {
        row["state"] for row in answer.to_dict()["rivals"]
    }
    reasons = why_members(world, "LEAGUE", "DLA", on="1992-06-01")
    assert "did not hold" in reasons.sentence()
    assert {row["part"] for row in reasons.rows()} == {"rival", "complete list"}


def test_an_incomplete_list_never_says_no(world: Record) -> None:
    answer = members(world, "LEAGUE", on="1995-01-01", role="observer")
    assert answer.members == ("DLA",)
    assert answer.complete is False
    assert members(world, "LEAGUE", on="1995-01-01").complete is True


def test_shape_of_the_answer(world: Record) -> None:
    shape = members(world, "the league", on="1992").to_dict()
    assert list(shape)[:7] == ["schema", "organization", "on", "role", "role_used", "stage", "layer"]
    assert shape["schema"] == "members/1"
    assert shape["organization"] == "LEAGUE"
    assert shape["known_to"] == "2020-01-01"
    assert not set(shape["members"]) & {row["state"] for row in shape["unsure"]}
    assert shape["members"] == sorted(shape["members"])


def test_what_cannot_be_asked(world: Record) -> None:
    with pytest.raises(UnknownName, match="LEAGUE"):
        members(world, "Leage", on="1992")
    with pytest.raises(QuestionError, match="no role 'captain'"):
        members(world, "LEAGUE", on="1992", role="captain")
    with pytest.raises(QuestionError, match="no layer"):
        members(world, "LEAGUE", on="1992", layer="moral")
    with pytest.raises(QuestionError, match="not a day"):
        members(world, "LEAGUE", on="1992-02-30")


def test_state_years(world: Record) -> None:
    rows = {(row["state"], row["year"]): row for row in member_years(world, "LEAGUE", first=1979, last=1981).rows()}
    assert rows["BLA", 1979]["throughout_year"] == "yes"
    assert (rows["BLA", 1980]["on_31_december"], rows["BLA", 1980]["throughout_year"]) == ("no", "unknown")
    assert ("BLA", 1981) not in rows
    with pytest.raises(QuestionError):
        member_years(world, "LEAGUE", first=1981, last=1979)
