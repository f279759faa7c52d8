"""The Supreme State Council of the Union State: one vote for each state, and neither against."""

from __future__ import annotations

from indivisible.rules.ballot import Rule, nobody
from indivisible.rules.facts import Fact
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "UNION_STATE", "Supreme State Council", "UNION_STATE", "legal"
FACTS: dict[str, Fact] = {}


@procedure(
    "unanimity", "acts of the Supreme State Council", basis="Union State Treaty of 1999", since="2000-01-26",
    confidence="medium",
)  # fmt: skip
def unanimity(meeting: Meeting) -> Rule:
    """Unanimity of the states, each with one vote that its president casts; an act fails if one is against.

    The presidency of the Council alternates between the heads of state and has no further vote.
    """
    return nobody(meeting.voters, "no state is against", "Union State Treaty of 1999")


PROCEDURES = (unanimity,)
STEPS: dict[str, str] = {}
