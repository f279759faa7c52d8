"""The facts that the tree of a use of force turns on, and the branches that ask for them."""

from __future__ import annotations

from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.rules.facts import DAY, NAME, TRUTH
from indivisible.rules.force_branches import BRANCHES, FACTS

KINDS = {TRUTH: "yes or no", DAY: "day", NAME: "a state, an organisation, or a name that the file declares"}


def list_force_facts(record: Record) -> Table:
    """Every fact: its type, its meaning, and the branches that ask for it."""
    body = tuple(
        {
            "fact": fact.name,
            "type": KINDS[fact.kind],
            "meaning": fact.meaning,
            "asked by": ", ".join(one.key for one in BRANCHES if fact.name in one.facts) or "duties",
        }
        for fact in FACTS.values()
    )
    says = f"The tree turns on {len(body)} facts; each is given as it is, or as who says what; the rest is not known."
    return Table("force_facts/1", {}, says, body, record.digest)
