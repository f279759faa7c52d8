"""The Conference on Interaction and Confidence-Building Measures in Asia: consensus."""

from __future__ import annotations

from indivisible.rules.ballot import ABSENT, ABSTAIN, NO, NO_DECISION, NOT_PARTICIPATING, YES, Rule, nobody
from indivisible.rules.facts import Fact
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "CICA", "Conference on Interaction and Confidence-Building Measures", "CICA", "legal"
VOTES = (NO, ABSENT, ABSTAIN, NOT_PARTICIPATING, YES)
FACTS: dict[str, Fact] = {}


@procedure("consensus", "all decisions", basis="CICA Rules of Procedure 2004", votes=VOTES, confidence="medium")
def consensus(meeting: Meeting) -> Rule:
    """Consensus: no member objects. Measures are voluntary, so that a member need not take part in one."""
    return nobody(meeting.voters, "no member objects", "CICA Rules of Procedure", otherwise=NO_DECISION)


@procedure("admission", "admission of a member", basis="CICA Rules of Procedure 2004", votes=VOTES, confidence="medium")
def admission(meeting: Meeting) -> Rule:
    """Consensus of the members: none objects to the new one."""
    return nobody(meeting.voters, "no member objects", "CICA Rules of Procedure")


PROCEDURES = (consensus, admission)
STEPS = {"accede": "admission", "withdraw": ""}
