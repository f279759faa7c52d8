"""BRICS: no charter, the consensus of the leaders."""

from __future__ import annotations

from indivisible.rules.ballot import OBJECTION, Rule, at_least, nobody
from indivisible.rules.facts import Fact
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "BRICS", "BRICS summit", "BRICS", "legal"
FACTS: dict[str, Fact] = {}


@procedure(
    "consensus", "all decisions, joint declarations among them", basis="practice of the summits", since="2009-06-16",
    then="It is a political commitment; there is no charter.",
)  # fmt: skip
def consensus(meeting: Meeting) -> Rule:
    """Nobody objects; there is no charter and no vote.

    The chair passes every year to the member that hosts the summit and seeks the wording; it has no further say.
    Partners (since 2024) take part and do not decide.
    """
    return nobody(meeting.voters, "no member objects", "practice of the summits")


@procedure("invitation", "inviting a new member or partner", basis="practice of the summits", since="2009-06-16")
def invitation(meeting: Meeting) -> Rule:
    """All members agree; the invited state becomes one when it accepts."""
    number = len(meeting.voters)
    return at_least(
        number, meeting.voters, f"all {number} members agree", "practice of the summits", unit="members",
        defeated_by=OBJECTION,
    )  # fmt: skip


PROCEDURES = (consensus, invitation)
STEPS = {"accede": "invitation"}
