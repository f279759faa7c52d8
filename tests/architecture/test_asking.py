"""Asking about a state, a life and a difference, on both sides of days that everybody knows."""

from __future__ import annotations

import pytest

from indivisible.architecture.difference import difference
from indivisible.architecture.snapshot import as_of, states_on
from indivisible.architecture.state import state
from indivisible.architecture.timeline import timeline
from indivisible.architecture.treaty_years import treaty_years
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.values import Truth, day_of


def pledged(record: Record, on: str, sender: str, receiver: str, kind: str) -> set[str]:
    return {
        pledge.treaty
        for pledge in as_of(record, day_of(on)).pledges
        if (pledge.sender, pledge.receiver, pledge.kind) == (sender, receiver, kind) and pledge.certain
    }


@pytest.mark.parametrize(
    ("on", "sender", "receiver", "kind", "treaty", "holds"),
    [
        ("2023-04-03", "USA", "FIN", "defence", "WASHINGTON_TREATY_1949", False),
        ("2023-04-04", "USA", "FIN", "defence", "WASHINGTON_TREATY_1949", True),
        ("2024-03-06", "SWE", "FIN", "defence", "WASHINGTON_TREATY_1949", False),
        ("2024-03-07", "SWE", "FIN", "defence", "WASHINGTON_TREATY_1949", True),
        ("2009-11-30", "SWE", "FIN", "defence", "EU_TEU_42_7_2009", False),
        ("2009-12-01", "SWE", "FIN", "defence", "EU_TEU_42_7_2009", True),
        ("1999-04-19", "RUS", "UZB", "defence", "COLLECTIVE_SECURITY_TREATY_1992", True),
        ("1999-04-20", "RUS", "UZB", "defence", "COLLECTIVE_SECURITY_TREATY_1992", False),
        ("2024-12-03", "RUS", "PRK", "defence", "RUS_PRK_PARTNERSHIP_2024", False),
        ("2024-12-04", "RUS", "PRK", "defence", "RUS_PRK_PARTNERSHIP_2024", True),
        ("2022-01-01", "RUS", "USA", "nonaggression", "RUS_DRAFT_TREATY_USA_2021", False),
    ],
)
def test_pledges_follow_the_article_and_the_day(
    record: Record, on: str, sender: str, receiver: str, kind: str, treaty: str, holds: bool
) -> None:
    assert (treaty in pledged(record, on, sender, receiver, kind)) is holds


def test_a_page_about_a_state(record: Record) -> None:
    rows = state(record, "Finland", on="2024-06-01").rows()
    article = next(r for r in rows if r["section"] == "pledged to it" and "Art. 5" in r["what"] and "WASH" in r["what"])
    assert "USA" in article["detail"].split(", ")
    assert "FIN" not in article["detail"].split(", ")
    assert ("membership", "NATO") in {(row["section"], row["what"]) for row in rows}
    before = state(record, "Finland", on="2023-04-03").rows()
    assert ("membership", "NATO", "member") not in {(row["section"], row["what"], row["detail"]) for row in before}
    assert {"section": "figure", "what": "nuclear_warheads", "value": "0"}.items() <= next(
        row for row in before if row["what"] == "nuclear_warheads"
    ).items()


def test_past_the_coverage_nothing_is_said_to_be_so(record: Record) -> None:
    answer = state(record, "FIN", on="2026-02-06")
    assert "answers past that day are unknown" in answer.sentence()
    assert not any(row["certain"] for row in answer.rows())
    with pytest.raises(QuestionError, match="past what the record covers"):
        as_of(record, record.known_to)
    assert as_of(record, record.known_to - 1).states


@pytest.mark.parametrize(
    ("on", "present", "absent"),
    [("1991-08-01", {"SUN"}, {"TJK"}), ("1992-03-01", {"RUS", "TJK"}, {"SUN"}), ("1993-01-01", {"CZE", "SVK"}, {"CSK"}),
     ("2011-07-08", set(), {"SSD"}), ("2011-07-14", {"SSD"}, set())],
)  # fmt: skip
def test_states_come_and_go(record: Record, on: str, present: set[str], absent: set[str]) -> None:
    states = set(states_on(record, day_of(on)))
    assert present <= states
    assert not absent & states


def test_a_difference_is_what_stood_on_one_day_only(record: Record) -> None:
    rows = difference(record, "1999-01-01", "2004-12-31", about="NATO").rows()
    began = {row["subject"] for row in rows if row["turn"] == "began" and row["value"] == "member"}
    assert began == {"BGR", "CZE", "EST", "HUN", "LTU", "LVA", "POL", "ROU", "SVK", "SVN"}
    assert difference(record, "2004-12-31", "2004-12-31").rows() == []
    back = difference(record, "2004-12-31", "1999-01-01", about="NATO").rows()
    assert {(r["what"], r["subject"], r["value"]) for r in back if r["turn"] == "ended"} == {
        (r["what"], r["subject"], r["value"]) for r in rows if r["turn"] == "began"
    }


def test_a_timeline_is_in_order(record: Record) -> None:
    answer = timeline(record, "CSTO")
    assert any(row["subject"] == "UZB" and row["turn"] == "until" for row in answer.rows())
    days = [row["date"][:4] for row in answer.rows() if row["date"][:4].isdigit()]
    assert days == sorted(days)


def test_state_years_of_a_treaty(record: Record) -> None:
    rows = treaty_years(record, "CFE_1990", first=2006, last=2008, state="RUS").rows()
    assert [row["status"] for row in rows] == ["in_force", "suspended", "suspended"]
    with pytest.raises(QuestionError):
        treaty_years(record, "CFE_1990", first=2008, last=2006)


def test_every_day_of_every_decade_makes_an_architecture(record: Record) -> None:
    for year in range(1945, 2026, 5):
        snapshot = as_of(record, day_of(f"{year}-07-01"))
        assert list(snapshot.states) == sorted(snapshot.states)
        assert len(snapshot.states) > 60
        assert all((b, a) in snapshot.borders for a, b in snapshot.borders)
        assert not any(p.sender == p.receiver for p in snapshot.pledges)


def test_a_suspension_leaves_the_legal_tie(record: Record) -> None:
    from indivisible.architecture.treaties import parties_on

    assert parties_on(record, "CFE_1990", day_of("2010-01-01"))["RUS"] is Truth.YES
    assert parties_on(record, "CFE_1990", day_of("2023-11-07")).get("RUS", Truth.NO) is Truth.NO
