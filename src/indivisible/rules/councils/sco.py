"""The Council of Heads of State of the SCO: agreement without a vote, minus the member whose suspension is decided."""

from __future__ import annotations

from indivisible.rules.ballot import Rule, nobody
from indivisible.rules.facts import NAMES, Fact, vocabulary
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "SCO", "Council of Heads of State of the SCO", "SCO", "legal"
CHARTER = "2003-09-19"

FACTS = vocabulary(Fact("concerned", NAMES, "the member that the decision is about"))


@procedure("agreement", "all decisions but suspension and expulsion", basis="SCO Charter, 16", since=CHARTER)
def agreement(meeting: Meeting) -> Rule:
    """Bodies agree without voting: a decision is taken if no member objects while it is being agreed.

    A member may set out its own view, which is no bar. The member that hosts the next session presides.
    """
    return nobody(meeting.voters, "no member objects", "SCO Charter, 16")


@procedure(
    "project", "a project that concerns some members only", basis="SCO Charter, 16", since=CHARTER,
    then="It goes on among those that take part; the others may join later.",
)  # fmt: skip
def project(meeting: Meeting) -> Rule:
    """A member that is not interested does not take part; that does not keep the others from going on."""
    return nobody(meeting.voters, "no member objects", "SCO Charter, 16")


@procedure(
    "suspension", "suspension of a member", basis="SCO Charter, 13 and 16", since=CHARTER, without="concerned",
    then="If it goes on breaking the Charter it may be expelled, from a day that the Council sets (Article 13).",
)  # fmt: skip
def suspension(meeting: Meeting) -> Rule:
    """No member but the one concerned objects: for breaking the Charter or its obligations, again and again."""
    return _without_the_member(meeting)


@procedure("expulsion", "expulsion of a member", basis="SCO Charter, 13 and 16", since=CHARTER, without="concerned")
def expulsion(meeting: Meeting) -> Rule:
    """No member but the one concerned objects, where a suspended member goes on breaking its obligations."""
    return _without_the_member(meeting)


def _without_the_member(meeting: Meeting) -> Rule:
    return nobody(meeting.voters, "no member but the one concerned objects", "SCO Charter, 16")


PROCEDURES = (agreement, project, suspension, expulsion)
STEPS = {"accede": "agreement", "observe": "agreement", "suspend": "suspension", "withdraw": ""}
