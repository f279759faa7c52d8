"""The JSON that other programs rely on: members/1 and treaty/1 to the letter, and what every answer says of itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk

MEMBERS = ("schema", "organization", "on", "role", "role_used", "stage", "layer", "members", "unsure", "complete",
           "known_to", "record")  # fmt: skip
ONE = ("schema", "treaty", "state", "on", "status", "legal", "participation", "since", "since_precision", "notified",
       "towards", "basis", "positions", "events", "record")  # fmt: skip
WHOLE = ("schema", "treaty", "on", "in_force", "parties", "ratified", "signatories", "provisional", "suspended",
         "unsure", "complete", "record")  # fmt: skip
WHY = {"undated", "disputed", "silent", "past_coverage"}
STATUSES = {
    "none", "proposed", "signed", "adopted", "provisionally_applied", "ratified_not_in_force", "in_force", "suspended",
    "withdrawal_notified", "withdrawn", "lapsed", "ended", "ratification_revoked", "disputed", "unknown",
}  # fmt: skip


def asked(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(main, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def in_order(keys: tuple[str, ...], answer: dict[str, Any]) -> bool:
    return [key for key in answer if key in keys] == list(keys) and next(iter(answer)) == "schema"


@pytest.mark.parametrize(
    "on", ["0001-01-01", "0001", "1999-04-02", "1999", "2004-03", "2026-02-05", "2026", "9999-12-31"]
)
@pytest.mark.parametrize("layer", ["legal", "participation"])
def test_members_of_every_organization(desk: Desk, on: str, layer: str) -> None:
    states = set(desk.record.entities("state"))
    for organization in desk.record.entities("organization"):
        answer = desk.members(organization, on=on, layer=layer).to_dict()
        assert in_order(MEMBERS, answer)
        members, unsure = answer["members"], [row["state"] for row in answer["unsure"]]
        assert not set(members) & set(unsure)
        assert members == sorted(set(members))
        assert unsure == sorted(set(unsure))
        assert {*members, *unsure} <= states
        assert {row["why"] for row in answer["unsure"]} <= WHY
        if on >= "2026-02-06" or on == "2026":
            assert answer["complete"] is False
            assert members == [] or on == "2026"
        if on >= "2026-02-06":
            assert {row["why"] for row in answer["unsure"]} <= {"past_coverage"}


def test_treaties_for_one_state_and_as_a_whole(desk: Desk) -> None:
    for on in ("1991-07-01", "2010", "2026-02-06"):
        for treaty in desk.record.entities("treaty"):
            whole = desk.treaty(treaty, on=on).to_dict()
            assert in_order(WHOLE, whole)
            assert not {row["state"] for row in whole["unsure"]} & set(whole["parties"])
            assert set(whole["suspended"]) <= {*whole["parties"], *(row["state"] for row in whole["unsure"])}
            if on == "2026-02-06":
                assert whole["in_force"] is None
                assert not any(whole["complete"].values())
        for treaty in ("CFE_1990", "CTBT_1996", "NPT_1968", "DRAFT_US_RUSSIA_2021"):
            if treaty in desk.record.entities("treaty"):
                one = desk.treaty(treaty, on=on, state="RUS").to_dict()
                assert in_order(ONE, one)
                assert one["status"] in STATUSES
                assert one["basis"] in {"clause", "no_clause", "none"}
                assert {*one["legal"], *one["participation"]} <= STATUSES


@pytest.mark.parametrize(
    "arguments",
    [("members", "RIO_TREATY", "--on", "2010-01-01"), ("members", "RIO_TREATY", "--from", "2009", "--to", "2010"),
     ("treaty", "CENTRAL_AMERICA_SECURITY_1995", "--on", "2010-01-01"),
     ("treaty", "CENTRAL_AMERICA_SECURITY_1995", "--on", "2010-01-01", "--state", "CRI"),
     ("state", "FIN", "--on", "2024-06-01"), ("timeline", "NATO"), ("diff", "2004-01-01", "2004-06-30")],
    ids=" ".join,
)  # fmt: skip
def test_an_answer_that_rests_on_a_source_not_seen_says_so(desk: Desk, arguments: tuple[str, ...]) -> None:
    recalled = asked(*arguments)["recalled"]
    assert recalled
    assert all(desk.record.sources[key].kind == "recalled" for key in recalled)
    first = CliRunner().invoke(main, arguments).stdout.splitlines()[0]
    assert "not seen when the fact was written" in first


def test_an_answer_that_rests_on_what_was_seen_says_nothing_of_it() -> None:
    assert asked("members", "CSTO", "--on", "2010-01-01")["recalled"] == []
    shown = CliRunner().invoke(main, ["members", "CSTO", "--on", "2010-01-01"]).stdout
    assert "not seen" not in shown
