"""What a treaty's status was: every kind of act, entry rule and doubt, on a world worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.architecture.treaties import parties_on, treaty
from indivisible.architecture.treaty_text import treaty_text
from indivisible.architecture.treaty_tie import ORDER, tie
from indivisible.errors import QuestionError, RecordError, UnknownName
from indivisible.record.load import load
from indivisible.record.record import Record
from indivisible.values import Truth, day_of, iso

LANDS = "".join(f"{key},kind,,state,1900-01-01,,,,ATLAS,p. 1,high,\n" for key in ("ALA", "BLA", "CLA", "DLA", "GLA"))
STATES = (
    LANDS
    + """\
ELA,kind,,state,1900-01-01,1990-01-01,,,ATLAS,p. 1,high,
FLA,kind,,state,1990-01-01,,,,ATLAS,p. 1,high,
FLA,predecessor,ELA,continuator,1990-01-01,,,,ATLAS,p. 1,high,
CLUB,kind,,organization,1950-01-01,,,,CHARTER,Art. 1,high,
CLUB,full_role,,member,1950-01-01,,,,CHARTER,Art. 2,high,
CLUB,list_complete,,member,1950-01-01,,,,CHARTER,list,high,
ALA,role,CLUB,member,1950-01-01,,legal,,CHARTER,list,high,
BLA,role,CLUB,member,1960,1980-01-01,legal,,CHARTER,list,high,
"""
)
# deposit + 30 days once the ban has entered into force on 1970-01-01
BAN = """\
BAN,kind,,treaty,1968-01-01,,,,CHARTER,,high,
BAN,name,,The Ban,,,,,CHARTER,,high,
BAN,alias,,Ban of 1968,,,,,CHARTER,,high,
BAN,binding,,legal,1968-01-01,,,,CHARTER,,high,
BAN,adopted,,signed,1968-01-01,,,,CHARTER,,high,
BAN,entered_into_force,,,1970-01-01,,,,CHARTER,Art. 9,high,
BAN,entry_rule,,"later(1970-01-01, deposit + 30 days)",,,,,CHARTER,Art. 9,high,
BAN,exit_notice,,150 days,,,,,CHARTER,Art. 10,high,
BAN,suspension_clause,,no,,,,,CHARTER,,high,
BAN,list_complete,,signatories,1968-01-01,2010-01-01,,,CHARTER,list,high,
BAN,list_complete,,ratified,1968-01-01,2010-01-01,,,CHARTER,list,high,
BAN,list_complete,,parties,1968-01-01,2010-01-01,,,CHARTER,list,high,
BAN,position,CLA,It suspends by right,1980-02-01,,,CLA,CHARTER,,medium,
BAN,position,CLA,No clause allows it,1980-02-01,,,ALA,CHARTER,,medium,
ALA,act,BAN,signed,1968-01-01,,,,CHARTER,list,high,
ALA,act,BAN,ratified,1969-06-01,,,,CHARTER,list,high,
BLA,act,BAN,signed,1968-01-01,,,,CHARTER,list,high,
BLA,act,BAN,ratified,1975-03-10,,,,CHARTER,list,high,
BLA,act,BAN,withdrawal_notified,1990-01-01,,,,CHARTER,letter,high,
BLA,act,BAN,withdrawn,1990-05-31,,,,CHARTER,letter,high,
CLA,act,BAN,signed,1968-02-01,,,,CHARTER,list,high,
CLA,act,BAN,ratified,1972,,,,CHARTER,list,high,
CLA,act,BAN,suspended,1980-02-01,,,,CHARTER,letter,high,
DLA,act,BAN,acceded,1985-07-01,,,,CHARTER,list,high,
DLA,act,BAN,partial_suspension,1995-05-05,,,,CHARTER,letter,high,"towards:BLA,CLA; a law"
DLA,act,BAN,withdrawn,2001-01-01,,,DLA,CHARTER,letter,high,Says so itself
ELA,act,BAN,signed,1968-01-01,,,,CHARTER,list,high,
ELA,act,BAN,ratified,1969-12-20,,,,MEMORY,,low,
"""
PACT = """\
PACT,kind,,treaty,1960-01-01,,,,CHARTER,,high,
PACT,binding,,legal,1960-01-01,,,,CHARTER,,high,
PACT,adopted,,signed,1960-01-01,,,,CHARTER,,high,
PACT,entry_rule,,all_ratify 3 + 10 days,,,,,CHARTER,Art. 5,high,
PACT,suspension_clause,,yes,,,,,CHARTER,Art. 6,high,
PACT,ended,,expired,1980-01-01,,,,CHARTER,Art. 7,high,
PACT,entered_into_force,,,1961-01-01,,,,CHARTER,Art. 5,high,
PACT,list_complete,,signatories,1960-01-01,,,,CHARTER,list,high,
ALA,act,PACT,signed,1960-01-01,,,,CHARTER,list,high,
ALA,act,PACT,in_force,1961-01-01,,,,CHARTER,list,high,
ALA,act,PACT,suspended,1965-01-01,,,,CHARTER,letter,high,
ALA,act,PACT,resumed,1966-01-01,,,,CHARTER,letter,high,
BLA,act,PACT,signed,1960-01-01,,,,CHARTER,list,high,
BLA,act,PACT,provisional_application,1960-06-01,,,,CHARTER,list,high,
BLA,act,PACT,in_force,1961-01-01,,,,CHARTER,list,high,
BLA,act,PACT,lapsed,1970-01-01,,,,CHARTER,list,high,
BLA,act,PACT,rejoined,1975-01-01,,,,CHARTER,list,high,
CLA,act,PACT,signed,1960-01-01,,,,CHARTER,list,high,
CLA,act,PACT,in_force,1961,,,,CHARTER,list,high,
"""
OTHERS = """\
HOPE,kind,,treaty,1980-01-01,,,,CHARTER,,high,
HOPE,binding,,legal,1980-01-01,,,,CHARTER,,high,
HOPE,adopted,,signed,1980-01-01,,,,CHARTER,,high,
HOPE,entry_rule,,annex2 44 + 180 days,,,,,CHARTER,,high,
ALA,act,HOPE,signed,1980-01-01,,,,CHARTER,list,high,
ALA,act,HOPE,ratified,1985-01-01,,,,CHARTER,list,high,
ALA,act,HOPE,withdrawn_ratification,1995-01-01,,,,CHARTER,list,high,
BLA,act,HOPE,never_joined,,,,,CHARTER,list,high,
WORD,kind,,treaty,1975-08-01,,,,CHARTER,,high,
WORD,binding,,political,1975-08-01,,,,CHARTER,,high,
WORD,adopted,,adopted,1975-08-01,,,,CHARTER,,high,
WORD,parties_follow,CLUB,member,1975-08-01,,,,CHARTER,,high,
ALA,act,WORD,non_participation,1999,,,,CHARTER,letter,high,
CHARTER_OF_CLUB,kind,,treaty,1950-01-01,,,,CHARTER,,high,
CHARTER_OF_CLUB,binding,,legal,1950-01-01,,,,CHARTER,,high,
CHARTER_OF_CLUB,adopted,,signed,1950-01-01,,,,CHARTER,,high,
CHARTER_OF_CLUB,entered_into_force,,,1950-01-01,,,,CHARTER,,high,
CHARTER_OF_CLUB,entry_rule,,follows CLUB,,,,,CHARTER,,high,
CHARTER_OF_CLUB,parties_follow,CLUB,member,1950-01-01,,,,CHARTER,,high,
NOTE,kind,,treaty,1994-12-05,,,,CHARTER,,high,
NOTE,binding,,legal,1994-12-05,,,,CHARTER,,high,
NOTE,adopted,,signed,1994-12-05,,,,CHARTER,,high,
NOTE,entry_rule,,signature,,,,,CHARTER,,high,
ALA,act,NOTE,signed,1994-12-05,,,,CHARTER,list,high,
PLAN,kind,,treaty,2000-01-01,,,,CHARTER,,high,
PLAN,binding,,draft,2000-01-01,,,,CHARTER,,high,
PLAN,proposed,,published,2000-01-01,,,,CHARTER,,high,
ALA,act,PLAN,proposed,2000-01-01,,,,CHARTER,list,high,
LOST,kind,,treaty,1990-01-01,,,,CHARTER,,high,
LOST,binding,,legal,1990-01-01,,,,CHARTER,,high,
LOST,adopted,,signed,1990-01-01,,,,CHARTER,,high,
ALA,act,LOST,signed,1990-01-01,,,,CHARTER,list,high,
"""
SOURCES = """\
source,title,publisher,published,kind,licence,url,note
ATLAS,An atlas,The Press,2000,official,CC0,,
CHARTER,The Charter,The Club,1950,treaty,public domain,,
MEMORY,From memory,nobody,,recalled,,,
"""
RECORD = "RECORD,kind,,record,,,,,ATLAS,,high,\nRECORD,known_to,,2020-01-01,,,,,ATLAS,,high,\n"


@pytest.fixture
def world(facts: Callable[[dict[str, str]], Path]) -> Record:
    return load(facts=facts({"all.csv": STATES + BAN + PACT + OTHERS + RECORD, "sources/all.csv": SOURCES}))


def ask(world: Record, name: str, state: str, on: str) -> dict[str, Any]:
    return treaty(world, name, on=on, state=state).to_dict()


@pytest.mark.parametrize(
    ("name", "state", "on", "status", "since"),
    [
        # signature, deposit before and after the entry into force, thirty days after a deposit
        ("BAN", "ALA", "1967-12-31", "none", None),
        ("BAN", "ALA", "1968-01-01", "signed", "1968-01-01"),
        ("BAN", "ALA", "1969-05-31", "signed", "1968-01-01"),
        ("BAN", "ALA", "1969-06-01", "ratified_not_in_force", "1969-06-01"),
        ("BAN", "ALA", "1969-12-31", "ratified_not_in_force", "1969-06-01"),
        ("BAN", "ALA", "1970-01-01", "in_force", "1970-01-01"),
        ("BAN", "BLA", "1975-04-08", "ratified_not_in_force", "1975-03-10"),
        ("BAN", "BLA", "1975-04-09", "in_force", "1975-04-09"),
        # notice and effect are two events
        ("BAN", "BLA", "1989-12-31", "in_force", "1975-04-09"),
        ("BAN", "BLA", "1990-01-01", "withdrawal_notified", "1990-01-01"),
        ("BAN", "BLA", "1990-05-30", "withdrawal_notified", "1990-01-01"),
        ("BAN", "BLA", "1990-05-31", "withdrawn", "1990-05-31"),
        # a deposit of which only the year is known: 1972-01-01 + 30 days at the earliest, 1973-01-30 at the latest
        ("BAN", "CLA", "1971-12-31", "signed", "1968-02-01"),
        ("BAN", "CLA", "1972-01-01", "unknown", None),
        ("BAN", "CLA", "1973-01-29", "unknown", None),
        ("BAN", "CLA", "1973-01-30", "in_force", "1972-01-31/1973-01-30"),
        ("BAN", "CLA", "1980-02-01", "suspended", "1980-02-01"),
        # an exit that only its author asserts
        ("BAN", "DLA", "1985-07-30", "ratified_not_in_force", "1985-07-01"),
        ("BAN", "DLA", "1985-07-31", "in_force", "1985-07-31"),
        ("BAN", "DLA", "2000-12-31", "in_force", "1985-07-31"),
        ("BAN", "DLA", "2001-01-01", "disputed", "2001-01-01"),
        # continuity of identity: the successor holds the instrument, the predecessor is no more
        ("BAN", "ELA", "1989-12-31", "in_force", "1970-01-19"),
        ("BAN", "ELA", "1990-01-01", "none", None),
        ("BAN", "FLA", "1989-12-31", "none", None),
        ("BAN", "FLA", "1990-01-01", "in_force", "1970-01-19"),
        # a list that is complete, and one that no longer is
        ("BAN", "GLA", "2009-12-31", "none", None),
        ("BAN", "GLA", "2010-01-01", "unknown", None),
        ("BAN", "ALA", "2020-01-01", "unknown", None),
        # suspension with a clause, resumption, lapse, return, end of the treaty
        ("PACT", "ALA", "1965-01-01", "suspended", "1965-01-01"),
        ("PACT", "ALA", "1966-01-01", "in_force", "1961-01-01"),
        ("PACT", "ALA", "1980-01-01", "ended", "1980-01-01"),
        ("PACT", "BLA", "1960-06-01", "provisionally_applied", "1960-06-01"),
        ("PACT", "BLA", "1961-01-01", "in_force", "1961-01-01"),
        ("PACT", "BLA", "1970-01-01", "lapsed", "1970-01-01"),
        ("PACT", "BLA", "1975-01-01", "in_force", "1975-01-01"),
        ("PACT", "CLA", "1961-06-01", "unknown", None),
        ("PACT", "GLA", "1970-01-01", "none", None),
        # never in force; a ratification revoked; never joined; nothing known
        ("HOPE", "ALA", "1990-01-01", "ratified_not_in_force", "1985-01-01"),
        ("HOPE", "ALA", "1995-01-01", "ratification_revoked", "1995-01-01"),
        ("HOPE", "BLA", "1990-01-01", "none", None),
        ("HOPE", "CLA", "1990-01-01", "unknown", None),
        # political texts, followed rolls, signature, drafts, a treaty of which nothing is known
        ("WORD", "ALA", "1975-08-01", "adopted", "1975-08-01"),
        ("WORD", "ALA", "1999-06-01", "unknown", None),
        ("WORD", "ALA", "2000-01-01", "suspended", "1999"),
        ("WORD", "BLA", "1980-01-01", "none", None),
        ("CHARTER_OF_CLUB", "BLA", "1960-06-01", "unknown", None),
        ("CHARTER_OF_CLUB", "BLA", "1960-12-31", "in_force", "1960"),
        ("CHARTER_OF_CLUB", "CLA", "1960-12-31", "none", None),
        ("NOTE", "ALA", "1994-12-05", "in_force", "1994-12-05"),
        ("PLAN", "ALA", "2001-01-01", "proposed", "2000-01-01"),
        ("PLAN", "BLA", "2001-01-01", "none", None),
        ("LOST", "ALA", "1995-01-01", "unknown", None),
    ],
)
def test_status(world: Record, name: str, state: str, on: str, status: str, since: str | None) -> None:
    answer = ask(world, name, state, on)
    assert (answer["status"], answer["since"]) == (status, since)


def test_layers_basis_and_positions_of_a_suspension(world: Record) -> None:
    bare = ask(world, "BAN", "CLA", "1985")
    assert (bare["legal"], bare["participation"], bare["basis"]) == (["in_force"], ["suspended"], "no_clause")
    assert [position["speaker"] for position in bare["positions"]] == ["ALA", "CLA"]
    clause = ask(world, "PACT", "ALA", "1965-06-01")
    assert (clause["legal"], clause["basis"]) == (["suspended", "in_force"], "clause")


def test_notice_basis_and_towards(world: Record) -> None:
    assert ask(world, "BAN", "BLA", "1990-02")["notified"] == "1990-01-01"
    assert ask(world, "BAN", "BLA", "1990-02")["legal"] == ["withdrawal_notified", "in_force"]
    assert ask(world, "BAN", "BLA", "1991")["basis"] == "clause"
    assert ask(world, "PACT", "BLA", "1971")["basis"] == "clause"
    towards = [{"state": "BLA", "status": "suspended"}, {"state": "CLA", "status": "suspended"}]
    assert ask(world, "BAN", "DLA", "1995-05-05")["towards"] == towards
    assert ask(world, "BAN", "DLA", "1995-05-04")["towards"] == []


def test_derived_dates_say_so(world: Record) -> None:
    assert ask(world, "BAN", "BLA", "1980")["since_precision"] == "derived day"
    assert ask(world, "BAN", "CLA", "1975")["since_precision"] == "derived interval"
    assert ask(world, "PACT", "ALA", "1962")["since_precision"] == "day"
    assert ask(world, "WORD", "ALA", "2005")["since_precision"] == "year"
    assert ask(world, "NOTE", "ALA", "2005")["since_precision"] == "derived day"


def test_over_a_period_a_status_holds_throughout_or_is_unknown(world: Record) -> None:
    assert ask(world, "BAN", "ALA", "1975")["status"] == "in_force"
    changing = ask(world, "BAN", "BLA", "1990")
    assert (changing["status"], changing["legal"], changing["why"]) == ("unknown", ["unknown"], "undated")
    assert ask(world, "BAN", "ALA", "1968-01")["status"] == "signed"


@pytest.mark.parametrize(
    ("name", "on", "in_force", "lists", "unsure"),
    [
        ("BAN", "1969-12-31", False, {"parties": [], "ratified": ["ALA", "ELA"]}, {}),
        ("BAN", "1970-01-18", True, {"parties": ["ALA"], "ratified": ["ALA", "ELA"]}, {}),
        ("BAN", "1972-06-01", True, {"parties": ["ALA", "ELA"], "ratified": ["ALA", "ELA"]}, {"CLA": "undated"}),
        ("BAN", "1985-08-01", True, {"parties": ["ALA", "BLA", "CLA", "DLA", "ELA"], "suspended": ["CLA"]}, {}),
        ("BAN", "1990-06", True, {"parties": ["ALA", "CLA", "DLA", "FLA"], "signatories": ["ALA", "CLA", "FLA"]}, {}),
        ("BAN", "2005", True, {"parties": ["ALA", "CLA", "FLA"]}, {"DLA": "disputed"}),
        ("PACT", "1960-07-01", False, {"provisional": ["BLA"], "signatories": ["ALA", "BLA", "CLA"]}, {}),
        ("PACT", "1981", False, {"parties": []}, {}),
        ("HOPE", "1990", False, {"parties": [], "ratified": ["ALA"], "signatories": ["ALA"]}, {}),
        ("HOPE", "1996", False, {"ratified": [], "signatories": ["ALA"]}, {}),
        ("WORD", "1978", False, {"parties": [], "adopted": ["ALA", "BLA"]}, {}),
        ("CHARTER_OF_CLUB", "1960-06-01", True, {"parties": ["ALA"]}, {"BLA": "undated"}),
        ("LOST", "1995", None, {"parties": [], "signatories": ["ALA"]}, {"ALA": "silent"}),
    ],
)
def test_lists(
    world: Record, name: str, on: str, in_force: bool | None, lists: dict[str, list[str]], unsure: dict[str, str]
) -> None:
    answer = treaty(world, name, on=on).to_dict()
    assert answer["in_force"] is in_force
    assert {key: answer[key] for key in lists} == lists
    assert {entry["state"]: entry["why"] for entry in answer["unsure"]} == unsure


def test_completeness_and_coverage(world: Record) -> None:
    assert treaty(world, "BAN", on="2009").to_dict()["complete"]["parties"] is True
    assert treaty(world, "BAN", on="2010").to_dict()["complete"]["parties"] is False
    past = treaty(world, "BAN", on="2020-01-01").to_dict()
    assert past["in_force"] is None
    assert past["parties"] == []
    assert {entry["why"] for entry in past["unsure"]} == {"past_coverage"}
    assert parties_on(world, "BAN", day_of("2020-01-01")) == dict.fromkeys(["ALA", "CLA", "DLA", "FLA"], Truth.UNKNOWN)


def test_parties_on_agrees_with_the_lists(world: Record) -> None:
    assert parties_on(world, "BAN", day_of("1972-06-01")) == {
        "ALA": Truth.YES,
        "CLA": Truth.UNKNOWN,
        "ELA": Truth.YES,
    }
    assert parties_on(world, "HOPE", day_of("1990-01-01")) == {}


def test_shapes(world: Record) -> None:
    one = ask(world, "BAN", "ALA", "1975-05")
    assert list(one)[:4] == ["schema", "treaty", "state", "on"]
    assert (one["schema"], one["on"], one["record"]) == ("treaty/1", "1975-05", world.digest)
    asked = {
        "status",
        "legal",
        "participation",
        "since",
        "since_precision",
        "notified",
        "towards",
        "basis",
        "positions",
    }
    assert asked < set(one)
    whole = treaty(world, "Ban of 1968", on="1975").to_dict()
    assert {"in_force", "parties", "ratified", "signatories", "provisional", "suspended", "unsure"} < set(whole)
    assert whole["complete"] == {"parties": True, "ratified": True, "signatories": True, "provisional": False}


def test_sentences_rows_and_sources(world: Record) -> None:
    one = treaty(world, "BAN", on="1990-02-01", state="BLA")
    assert "given notice" in one.sentence()
    assert [row["act"] for row in one.rows()] == ["signed", "ratified", "withdrawal_notified", "withdrawn"]
    assert one.sources() == ("CHARTER",)
    assert "not seen" in treaty(world, "BAN", on="1975", state="ELA").sentence()
    whole = treaty(world, "BAN", on="1985-08-01")
    assert whole.sentence().startswith("The Ban (BAN) on 1985-08-01: in force; 5 parties, 5 ratified, 4 signatories")
    assert [row["state"] for row in whole.rows()] == ["ALA", "BLA", "CLA", "DLA", "ELA"]
    assert set(whole.sources()) == {"CHARTER", "MEMORY"}
    assert "silence" in treaty(world, "BAN", on="2015").sentence()
    assert "creates no obligation" in treaty(world, "PLAN", on="2015").sentence()


def test_bad_questions(world: Record) -> None:
    with pytest.raises(UnknownName):
        treaty(world, "Bam", on="1975")
    with pytest.raises(UnknownName):
        treaty(world, "BAN", on="1975", state="ZZZ")
    with pytest.raises(QuestionError):
        treaty(world, "BAN", on="1975-02-30")


def test_an_entry_rule_that_cannot_be_read_names_its_place(facts: Callable[[dict[str, str]], Path]) -> None:
    broken = "BAD,kind,,treaty,1990,,,,ATLAS,,high,\nBAD,entry_rule,,when it rains,,,,,ATLAS,,high,\n"
    record = load(facts=facts({"all.csv": STATES + broken + RECORD, "sources/all.csv": SOURCES}))
    with pytest.raises(RecordError, match=r"all\.csv:\d+"):
        treaty(record, "BAD", on="1995")


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_lists_of_the_shipped_record_never_contradict_each_other(record: Record, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(record.entities("treaty")))
    day = data.draw(st.integers(day_of("1945-01-01"), record.known_to + 30))
    answer = treaty(record, key, on=iso(day)).to_dict()
    parties, unsure = set(answer["parties"]), {entry["state"] for entry in answer["unsure"]}
    assert not parties & unsure
    assert parties <= set(answer["ratified"])
    assert set(answer["suspended"]) <= parties | set(answer["adopted"])
    assert not parties & set(answer["provisional"])
    assert answer["in_force"] is not False or not parties
    assert {s for s, truth in parties_on(record, key, day).items() if truth is Truth.YES} == parties
    text = treaty_text(record, key)
    for state in parties | unsure:
        found = tie(text, state, day)
        assert found.status in ORDER
        assert set(found.legal) | set(found.participation) <= set(ORDER)


def test_every_entry_rule_of_the_record_can_be_read(record: Record) -> None:
    for key in record.entities("treaty"):
        assert treaty_text(record, key).binding in ("legal", "political", "draft"), key
