"""The bodies whose rules are known, as the page offers them: procedures, votes, facts, and who has a vote on a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indivisible.apps.web.case_files import plain
from indivisible.apps.web.rules import fact_shape
from indivisible.errors import IndivisibleError
from indivisible.record.record import Record
from indivisible.rules.decision_case import read_case
from indivisible.rules.decisions_of import RECALLED, shipped
from indivisible.rules.procedure import Council, Procedure, council_of, procedure_of
from indivisible.values import NEVER_BEGUN, NEVER_ENDED, day_of, iso


def bodies(record: Record, *, on: str = "", body: str = "") -> dict[str, Any]:
    """The JSON shape bodies/1; with `on` only the procedures of that day, and the members. Raises QuestionError."""
    from indivisible.rules.councils import COUNCILS

    day = day_of(on) if on else None
    councils = (council_of(record, body),) if body else tuple(sorted(COUNCILS, key=lambda one: one.KEY))
    listed = [_body(record, council, day) for council in councils]
    says = f"{len(listed)} bodies whose rules are known{f', as they were on {iso(day)}' if day else ''}."
    return {"schema": "bodies/1", "on": iso(day) if day else None, "sentence": says, "bodies": listed,
            "record": record.digest}  # fmt: skip


def _body(record: Record, council: Council, day: int | None) -> dict[str, Any]:
    procedures = [one for one in council.PROCEDURES if day is None or one.since <= day < one.until]
    return {
        "key": council.KEY, "name": council.NAME, "organization": council.ORGANIZATION, "layer": council.LAYER,
        "members": None if day is None else _members(record, council, day),
        "procedures": [_procedure(council, one) for one in procedures],
    }  # fmt: skip


def _members(record: Record, council: Council, day: int) -> dict[str, Any] | None:
    """Who has a vote, and of whom that is not known; None where the record cannot tell."""
    from indivisible.architecture.members import members

    try:
        found = members(record, council.ORGANIZATION, on=iso(day), layer=council.LAYER)
    except IndivisibleError:
        return None
    return {
        "sure": [{"key": key, "name": record.name_of(key)} for key in found.members],
        "unsure": [{"key": key, "name": record.name_of(key), "why": why} for key, why in found.unsure],
    }


def _procedure(council: Council, one: Procedure) -> dict[str, Any]:
    return {
        "name": one.name, "title": one.title, "rule": one.gist, "basis": one.basis, "votes": list(one.votes),
        "facts": [fact_shape(council.FACTS[name]) for name in one.asks],
        "from": None if one.since == NEVER_BEGUN else iso(one.since),
        "to": None if one.until == NEVER_ENDED else iso(one.until),
        "confidence": one.confidence, "without": one.without or None,
    }  # fmt: skip


def decisions(record: Record, body: str) -> dict[str, Any]:
    """The JSON shape decisions/1: votes that a body is known to have taken, as cases to be opened and changed; those
    of which only totals are known are left out. Raises QuestionError."""
    council = council_of(record, body)
    listed = [
        _decision(record, council, case) for case in shipped(council.KEY) if not {"counts", "members"} & set(case)
    ]
    listed.sort(key=lambda one: (one["on"], one["case"]), reverse=True)
    says = f"{len(listed)} votes of {council.NAME} are known by who cast which."
    return {"schema": "decisions/1", "body": council.KEY, "sentence": says, "decisions": listed,
            "record": record.digest}  # fmt: skip


def _decision(record: Record, council: Council, case: Mapping[str, Any]) -> dict[str, Any]:
    given = read_case(case)
    source = "; ".join(given.sources)
    return {
        "case": str(case["case"]), "title": given.title, "on": iso(given.day),
        "procedure": procedure_of(council, given.procedure, given.day).name,
        "votes": {record.resolve(name, "state"): vote for name, vote in given.votes.items()},
        "others": given.others or "unknown", "facts": plain(given.facts), "outcome": case["expect"]["outcome"],
        "source": source.removesuffix(RECALLED).strip(), "recalled": source.endswith(RECALLED),
    }  # fmt: skip
