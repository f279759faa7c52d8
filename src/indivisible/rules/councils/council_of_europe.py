"""The Committee of Ministers of the Council of Europe: two thirds of the votes cast and a majority of the members."""

from __future__ import annotations

from indivisible.rules.ballot import Rule, at_least, every, nobody, present_and_voting
from indivisible.rules.facts import Fact
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "COE", "Committee of Ministers of the Council of Europe", "COE", "participation"
FACTS: dict[str, Fact] = {}


def _majority(meeting: Meeting, article: str) -> Rule:
    number = len(meeting.voters)
    needs = number // 2 + 1
    return at_least(needs, meeting.voters, f"a majority of those entitled to sit: {needs} of {number} for", article)


def _two_thirds_of_cast(meeting: Meeting, article: str) -> Rule:
    cast = present_and_voting(2, 3, meeting.voters, "two thirds of the votes cast", article)
    return every(cast, _majority(meeting, article))


@procedure("resolution", "resolutions, the budget among them", basis="Statute 20(d)", confidence="medium")
def resolution(meeting: Meeting) -> Rule:
    """Two thirds of the votes cast for and against, and a majority of those entitled to sit."""
    return _two_thirds_of_cast(meeting, "Statute 20(d)")


@procedure(
    "suspension", "suspension of the rights of a member, or the request to withdraw", basis="Statute 8, 20(d)",
    then="A member that does not follow the request to withdraw may be told that it has ceased to be one.",
)  # fmt: skip
def suspension(meeting: Meeting) -> Rule:
    """Two thirds of the votes cast, and a majority of those entitled to sit, where a member seriously breaches the rule
    of law or human rights. The Statute does not take the vote of the member concerned away."""
    return _two_thirds_of_cast(meeting, "Statute 8, 20(d)")


@procedure("recommendation", "recommendations to governments", basis="Statute 20(a)", confidence="medium")
def recommendation(meeting: Meeting) -> Rule:
    """All votes cast are for, by a majority of those entitled to sit. Since 1994 the deputies do not insist on
    unanimity, by an understanding outside the Statute."""
    article = "Statute 20(a)"
    return every(nobody(meeting.voters, "no vote is cast against", article), _majority(meeting, article))


@procedure("simple", "rules of procedure, finance and administration", basis="Statute 20(b)", confidence="medium")
def simple(meeting: Meeting) -> Rule:
    """A majority of those entitled to sit."""
    return _majority(meeting, "Statute 20(b)")


@procedure("admission", "invitation to become a member", basis="Statute 4, 20(c)", confidence="medium")
def admission(meeting: Meeting) -> Rule:
    """Two thirds of all those entitled to sit, after the Parliamentary Assembly was asked."""
    number = len(meeting.voters)
    needs = -(-2 * number // 3)
    says = f"two thirds of those entitled to sit: {needs} of {number} for"
    return at_least(needs, meeting.voters, says, "Statute 20(c)")


PROCEDURES = (resolution, suspension, recommendation, simple, admission)
STEPS = {"accede": "admission", "suspend": "suspension", "withdraw": ""}
