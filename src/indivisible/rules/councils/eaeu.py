"""The bodies of the Eurasian Economic Union: consensus, and two thirds in the Board of its Commission."""

from __future__ import annotations

from indivisible.rules.ballot import ABSENT, ABSTAIN, NO, NO_DECISION, NOT_PARTICIPATING, YES, Rule, at_least, nobody
from indivisible.rules.facts import Fact
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "EAEU", "Eurasian Economic Union", "EAEU", "legal"
VOTES = (NO, ABSENT, ABSTAIN, NOT_PARTICIPATING, YES)
FACTS: dict[str, Fact] = {}


def _consensus(meeting: Meeting, article: str, *, otherwise: str = "rejected") -> Rule:
    return nobody(meeting.voters, "no member objects", article, otherwise=otherwise)


@procedure(
    "supreme_council", "the Supreme Council of heads of state", basis="EAEU Treaty 13(2)", votes=VOTES,
    confidence="medium", then="Decisions of the Supreme Council are binding on the members.",
)  # fmt: skip
def supreme_council(meeting: Meeting) -> Rule:
    """Consensus of the heads of state: no member objects."""
    return _consensus(meeting, "EAEU Treaty 13(2)")


@procedure(
    "intergovernmental_council", "the Intergovernmental Council of heads of government", basis="EAEU Treaty 17(2)",
    votes=VOTES, confidence="medium",
)  # fmt: skip
def intergovernmental_council(meeting: Meeting) -> Rule:
    """Consensus of the heads of government: no member objects."""
    return _consensus(meeting, "EAEU Treaty 17(2)")


@procedure(
    "commission_council", "the Council of the Commission", basis="EAEU Treaty 18(2)", votes=VOTES, confidence="medium",
    otherwise="The matter may be put to the Intergovernmental or the Supreme Council.",
)  # fmt: skip
def commission_council(meeting: Meeting) -> Rule:
    """Consensus of the deputy heads of government; without it nothing is decided and a higher council may be asked."""
    return _consensus(meeting, "EAEU Treaty 18(2)", otherwise=NO_DECISION)


@procedure(
    "board", "the Board of the Commission", basis="EAEU Treaty 18(2)", votes=VOTES, confidence="medium",
    then="A member may ask the Council of the Commission to annul or amend a decision of the Board.",
)  # fmt: skip
def board(meeting: Meeting) -> Rule:
    """Two thirds of all members of the Board vote for.

    Each state sends the same number of members to the Board and they vote for themselves; here those of one state are
    taken to vote alike, which comes to two thirds of the states.
    """
    number = len(meeting.voters)
    needs = -(-2 * number // 3)
    return at_least(needs, meeting.voters, f"at least two thirds: {needs} of {number} for", "EAEU Treaty 18(2)")


@procedure(
    "board_sensitive", "matters on which the Board needs consensus", basis="EAEU Treaty 18(2)", votes=VOTES,
    confidence="medium",
)  # fmt: skip
def board_sensitive(meeting: Meeting) -> Rule:
    """Consensus of the Board on the matters that the Supreme Council has listed as sensitive."""
    return _consensus(meeting, "EAEU Treaty 18(2)")


@procedure("admission", "admission of a member", basis="EAEU Treaty 108", votes=VOTES, confidence="medium")
def admission(meeting: Meeting) -> Rule:
    """The Supreme Council grants candidate status and admits by consensus; a treaty of accession follows."""
    return _consensus(meeting, "EAEU Treaty 108")


@procedure("observer", "status of an observer", basis="EAEU Treaty 109", votes=VOTES, confidence="medium")
def observer(meeting: Meeting) -> Rule:
    """The Supreme Council grants the status of an observer by consensus."""
    return _consensus(meeting, "EAEU Treaty 109")


PROCEDURES = (
    supreme_council, intergovernmental_council, commission_council, board, board_sensitive, admission, observer,
)  # fmt: skip
STEPS = {"accede": "admission", "observe": "observer", "withdraw": ""}
