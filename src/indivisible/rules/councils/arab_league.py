"""The Council of the League of Arab States: a majority binds who accepts it, unanimity binds all."""

from __future__ import annotations

from indivisible.rules.ballot import ABSENT, ABSTAIN, NO, NOT_PARTICIPATING, YES, Rule, at_least, every, nobody
from indivisible.rules.ballot import present_and_voting as part_of_those_voting
from indivisible.rules.facts import NAMES, Fact, vocabulary
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "ARAB_LEAGUE", "Council of the League of Arab States", "ARAB_LEAGUE", "participation"
VOTES = (NO, ABSENT, ABSTAIN, NOT_PARTICIPATING, YES)
ALGIERS = "2005-03-23"
FACTS = vocabulary(
    Fact("concerned", NAMES, "the member that is to be excluded"),
    Fact("aggressor", NAMES, "the member that is the aggressor"),
)


def _unanimous(meeting: Meeting, article: str) -> Rule:
    return nobody(
        meeting.voters, "no member withholds its vote", article, votes=(NO, ABSENT, ABSTAIN, NOT_PARTICIPATING)
    )


@procedure(
    "majority", "resolutions of the Council", basis="Pact of the League 7", votes=VOTES, confidence="medium",
    then="It binds the members that accept it; it would bind all only if it were unanimous.",
)  # fmt: skip
def majority(meeting: Meeting) -> Rule:
    """More than half of the members vote for; such a resolution binds those that accept it."""
    number = len(meeting.voters)
    needs = number // 2 + 1
    return at_least(needs, meeting.voters, f"more than half: {needs} of {number} for", "Pact of the League 7")


@procedure(
    "unanimity", "resolutions that bind all members", basis="Pact of the League 7", votes=VOTES, confidence="medium",
    then="It binds all members.", otherwise="A majority may still decide, for those that accept it.",
)  # fmt: skip
def unanimity(meeting: Meeting) -> Rule:
    """All members vote for; such a resolution binds all."""
    return _unanimous(meeting, "Pact of the League 7")


@procedure(
    "against_aggression", "measures against an aggression", basis="Pact of the League 6", votes=VOTES,
    confidence="medium", without="aggressor",
)  # fmt: skip
def against_aggression(meeting: Meeting) -> Rule:
    """All members vote for; where the aggressor is a member its vote is not counted."""
    return _unanimous(meeting, "Pact of the League 6")


@procedure(
    "exclusion", "exclusion of a member that does not fulfil its duties", basis="Pact of the League 18", votes=VOTES,
    confidence="medium", without="concerned",
    otherwise="Suspensions of participation have been decided by majority, which the Pact does not provide for.",
)  # fmt: skip
def exclusion(meeting: Meeting) -> Rule:
    """All members but the one concerned vote for."""
    return _unanimous(meeting, "Pact of the League 18")


@procedure(
    "substantive", "matters of substance where there is no consensus", basis="Pact of the League 7 as amended in 2005",
    votes=VOTES, since=ALGIERS, confidence="medium", then="It binds the members once adopted by two thirds.",
)  # fmt: skip
def substantive(meeting: Meeting) -> Rule:
    """By the amendment of Algiers: consensus is sought; failing it, two thirds of those present and voting."""
    article = "Pact of the League 7 (2005)"
    return part_of_those_voting(2, 3, meeting.voters, "two thirds of those present and voting", article)


@procedure(
    "amendment", "amendment of the Pact", basis="Pact of the League 19", votes=VOTES, confidence="medium",
    then="A member that does not accept it may withdraw when it takes effect.",
)  # fmt: skip
def amendment(meeting: Meeting) -> Rule:
    """Two thirds of the members vote for."""
    number = len(meeting.voters)
    needs = -(-2 * number // 3)
    return every(at_least(needs, meeting.voters, f"two thirds: {needs} of {number} for", "Pact of the League 19"))


PROCEDURES = (majority, unanimity, against_aggression, exclusion, substantive, amendment)
STEPS = {"suspend": "exclusion", "withdraw": ""}
