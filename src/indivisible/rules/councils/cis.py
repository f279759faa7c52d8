"""The Council of Heads of State of the CIS: consensus, which a state that declares no interest does not block."""

from __future__ import annotations

from indivisible.rules.ballot import (
    ABSENT,
    ABSTAIN,
    DECLARES_NO_INTEREST,
    NO,
    NOT_PARTICIPATING,
    OBJECTION,
    YES,
    Rule,
    at_least,
    nobody,
)  # fmt: skip
from indivisible.rules.facts import Fact
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "CIS", "Council of Heads of State of the CIS", "CIS", "legal"
FOUNDED, CHARTER = "1991-12-30", "1994-01-22"
VOTES = (NO, ABSTAIN, ABSENT, NOT_PARTICIPATING, DECLARES_NO_INTEREST, YES)
FACTS: dict[str, Fact] = {}


@procedure(
    "consensus", "all decisions of the heads of state and of government", basis="CIS Charter, 23", since=CHARTER,
    votes=VOTES, then="It binds the states that took part; one that declared no interest is not bound.",
)  # fmt: skip
def consensus(meeting: Meeting) -> Rule:
    """Nobody objects; a state may declare itself not interested in a question, which does not block a decision.

    The chair passes from state to state and has no further vote.
    """
    return _agreed(meeting, "CIS Charter, 23")


# from knowledge of the text, not re-seen
@procedure(
    "consensus", "all decisions of the heads of state and of government", basis="agreement of 30 December 1991",
    since=FOUNDED, until=CHARTER, votes=VOTES, confidence="medium",
)  # fmt: skip
def consensus_before_the_charter(meeting: Meeting) -> Rule:
    """Nobody objects; a state may declare itself not interested, by the agreement on the councils of December 1991."""
    return _agreed(meeting, "agreement of 30 December 1991")


@procedure("accession", "accession of a state", basis="CIS Charter, 7 and 8", since=CHARTER, votes=VOTES)
def accession(meeting: Meeting) -> Rule:
    """All members agree; that a member declares itself not interested is not enough."""
    number = len(meeting.voters)
    return at_least(number, meeting.voters, f"all {number} members agree", "CIS Charter, 7", defeated_by=OBJECTION)


def _agreed(meeting: Meeting, article: str) -> Rule:
    return nobody(meeting.voters, "no member objects", article)


PROCEDURES = (consensus, consensus_before_the_charter, accession)
STEPS = {"accede": "accession", "observe": "consensus", "withdraw": ""}
