"""The Organization of American States: a majority of all members, two thirds to suspend one."""

from __future__ import annotations

from indivisible.rules.ballot import Rule, at_least
from indivisible.rules.facts import Fact
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "OAS", "Organization of American States", "OAS", "participation"
WASHINGTON, DEMOCRATIC_CHARTER, RIO = "1997-09-25", "2001-09-11", "1948-12-03"
FACTS: dict[str, Fact] = {}


def _majority(meeting: Meeting, article: str) -> Rule:
    number = len(meeting.voters)
    needs = number // 2 + 1
    return at_least(needs, meeting.voters, f"more than half of all members: {needs} of {number} for", article)


def _two_thirds(meeting: Meeting, article: str) -> Rule:
    number = len(meeting.voters)
    needs = -(-2 * number // 3)
    return at_least(needs, meeting.voters, f"two thirds of all members: {needs} of {number} for", article)


@procedure("general_assembly", "resolutions of the General Assembly", basis="OAS Charter 59", confidence="medium")
def general_assembly(meeting: Meeting) -> Rule:
    """More than half of all members vote for, unless the Charter asks two thirds; an abstention helps nobody."""
    return _majority(meeting, "OAS Charter 59")


@procedure(
    "permanent_council", "resolutions of the Permanent Council", basis="Statutes of the Permanent Council",
    confidence="medium",
)  # fmt: skip
def permanent_council(meeting: Meeting) -> Rule:
    """More than half of all members vote for."""
    return _majority(meeting, "Statutes of the Permanent Council")


@procedure(
    "suspension", "suspension of a member whose elected government was overthrown", basis="OAS Charter 9",
    since=WASHINGTON,
)  # fmt: skip
def suspension(meeting: Meeting) -> Rule:
    """Two thirds of the members in the General Assembly, where diplomacy has failed.

    The Charter does not take the vote of the member concerned away, and counts all members; those already suspended
    are left out here.
    """
    return _two_thirds(meeting, "OAS Charter 9")


@procedure(
    "readmission", "end of a suspension", basis="OAS Charter 9(f)", since=WASHINGTON, confidence="medium"
)  # fmt: skip
def readmission(meeting: Meeting) -> Rule:
    """Two thirds of the members lift a suspension."""
    return _two_thirds(meeting, "OAS Charter 9(f)")


@procedure(
    "democratic_charter_21", "suspension for an unconstitutional interruption of democratic order",
    basis="Inter-American Democratic Charter 21", since=DEMOCRATIC_CHARTER,
    then="The suspended member keeps its duties, above all on human rights.",
)  # fmt: skip
def democratic_charter(meeting: Meeting) -> Rule:
    """Two thirds of the members in a special session, after diplomatic initiatives have failed."""
    return _two_thirds(meeting, "Inter-American Democratic Charter 21")


@procedure("admission", "admission of a member", basis="OAS Charter 7", confidence="medium")
def admission(meeting: Meeting) -> Rule:
    """Two thirds of the members in the General Assembly, on the recommendation of the Permanent Council."""
    return _two_thirds(meeting, "OAS Charter 7")


@procedure(
    "consultation", "Meeting of Consultation under the Rio Treaty", basis="Rio Treaty 17", since=RIO,
    confidence="medium", then="Measures bind the parties, but none has to use armed force without its consent (20).",
)  # fmt: skip
def consultation(meeting: Meeting) -> Rule:
    """Two thirds of the states that have ratified the treaty. Name these in the case (`members:`): without that, all
    members of the Organization are taken."""
    return _two_thirds(meeting, "Rio Treaty 17")


PROCEDURES = (
    general_assembly, permanent_council, suspension, readmission, democratic_charter, admission, consultation,
)  # fmt: skip
STEPS = {"accede": "admission", "suspend": "suspension", "withdraw": ""}
