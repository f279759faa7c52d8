"""The bodies whose rules are known, and their procedures with the days on which each holds."""

from __future__ import annotations

from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.rules.councils import COUNCILS
from indivisible.values import NEVER_BEGUN, NEVER_ENDED, iso


def list_procedures(record: Record) -> Table:
    """One row a procedure: body, name, kind of matter, rule in our own words, basis, votes it knows, and its days."""
    body = tuple(
        {
            "body": council.KEY,
            "procedure": one.name,
            "matter": one.title,
            "rule": one.gist,
            "basis": one.basis,
            "votes": ", ".join(one.votes),
            "facts": ", ".join(one.asks),
            "from": None if one.since == NEVER_BEGUN else iso(one.since),
            "to": None if one.until == NEVER_ENDED else iso(one.until),
            "confidence": one.confidence,
        }
        for council in sorted(COUNCILS, key=lambda council: council.KEY)
        for one in council.PROCEDURES
    )
    says = f"{len(COUNCILS)} bodies with {len(body)} procedures."
    return Table("procedures/1", {}, says, body, record.digest, cards=("body", "procedure"))
