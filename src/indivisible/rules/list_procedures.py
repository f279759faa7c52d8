"""The bodies whose rules are known, and their procedures with the days on which each holds."""

from __future__ import annotations

from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.rules.councils import COUNCILS
from indivisible.rules.facts import Fact
from indivisible.rules.procedure import council_of
from indivisible.values import NEVER_BEGUN, NEVER_ENDED, iso


def list_procedures(record: Record, body: str = "") -> Table:
    """One row a procedure: body, name, kind of matter, rule in our own words, basis, votes it knows, and its days.

    `body` keeps those of one body. Raises QuestionError with near names for one whose rules are not known.
    """
    councils = (council_of(record, body),) if body else COUNCILS
    rows = tuple(
        {
            "body": council.KEY,
            "procedure": one.name,
            "matter": one.title,
            "rule": one.gist,
            "basis": one.basis,
            "votes": ", ".join(one.votes),
            "facts": "; ".join(_told(council.FACTS[name]) for name in one.asks),
            "from": None if one.since == NEVER_BEGUN else iso(one.since),
            "to": None if one.until == NEVER_ENDED else iso(one.until),
            "confidence": one.confidence,
        }
        for council in sorted(councils, key=lambda council: council.KEY)
        for one in council.PROCEDURES
    )
    bodies = councils[0].NAME if body else f"{len(councils)} bodies"
    says = f"{bodies}: {len(rows)} procedures. Where a case names none, the first one of its day is meant."
    return Table("procedures/1", {}, says, rows, record.digest, cards=("body", "procedure"))


def _told(fact: Fact) -> str:
    kind = f"one of {', '.join(fact.choices)}" if fact.choices else fact.kind
    return f"{fact.name} ({kind}): {fact.meaning}"
