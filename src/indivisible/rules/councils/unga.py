"""The General Assembly of the United Nations: two thirds on important questions, a majority on others (Charter, 18)."""

from __future__ import annotations

from indivisible.architecture.members import members as members_of
from indivisible.errors import QuestionError
from indivisible.rules.ballot import (
    ABSENT,
    NO_DECISION,
    YES,
    Rule,
    at_least,
    every,
    given,
    present_and_voting,
)
from indivisible.rules.facts import NAMES, TRUTH, Fact, vocabulary
from indivisible.rules.procedure import Meeting, procedure
from indivisible.values import iso

KEY, NAME, ORGANIZATION, LAYER = "UNGA", "General Assembly", "UN", "legal"
UNITING_FOR_PEACE = "1950-11-03"  # A/RES/377(V)

FACTS = vocabulary(
    Fact("recommended", TRUTH, "whether the Security Council has recommended it"),
    Fact("in_arrears", NAMES, "members without a vote that day because of two years of unpaid contributions"),
    Fact("permanent_members", NAMES, "permanent members of the Security Council, by their keys as members of the UN"),
)
RECOMMENDS = (
    "The General Assembly recommends; it binds members only in matters of the organisation itself (Articles 10, 17)."
)


def _able(meeting: Meeting) -> tuple[str, ...]:
    """Members whose vote counts: without those that owe two years of contributions (Article 19)."""
    return meeting.without(meeting.facts.names("in_arrears"))


def _two_thirds(meeting: Meeting, says: str, article: str) -> Rule:
    return present_and_voting(2, 3, _able(meeting), says, article)


def _recommended(meeting: Meeting, article: str) -> Rule:
    """The Council's recommendation, then two thirds."""
    return every(
        given("the Security Council has recommended it", article, meeting.facts.truth("recommended")),
        _two_thirds(meeting, "two thirds of the votes cast for or against", "UN Charter 18(2)"),
    )


@procedure(
    "important", "important questions", basis="UN Charter 18(2)", asks=("in_arrears",), then=RECOMMENDS,
)  # fmt: skip
def important(meeting: Meeting) -> Rule:
    """Two thirds of the members present and voting.

    Important are peace and security, elections to the councils, admission, suspension and expulsion, trusteeship, and
    the budget. Present and voting are those who vote for or against; who abstains is not (rule 86).
    """
    return _two_thirds(meeting, "two thirds of the votes cast for or against", "UN Charter 18(2)")


@procedure("other", "other questions", basis="UN Charter 18(3)", asks=("in_arrears",), then=RECOMMENDS)
def other(meeting: Meeting) -> Rule:
    """More votes for than against; a tie carries nothing.

    That holds too for the decision that some further kind of question is to need two thirds.
    """
    return present_and_voting(
        1, 2, _able(meeting), "more than half of the votes cast for or against", "UN Charter 18(3)", more_than=True
    )


@procedure(
    "admission", "admission of a member", basis="UN Charter 4(2), 18(2)", asks=("recommended", "in_arrears"),
    then="The state is a member of the United Nations.",
)  # fmt: skip
def admission(meeting: Meeting) -> Rule:
    """Two thirds of those present and voting, once the Security Council has recommended it.

    Without that recommendation the Assembly cannot admit (International Court of Justice, 3 March 1950).
    """
    return _recommended(meeting, "UN Charter 4(2)")


@procedure(
    "suspension", "suspension of the rights of membership", basis="UN Charter 5, 18(2)",
    asks=("recommended", "in_arrears"), then="The Security Council alone may restore the rights (Article 5).",
)  # fmt: skip
def suspension(meeting: Meeting) -> Rule:
    """Two thirds of those present and voting, once the Security Council has recommended it; after measures of it."""
    return _recommended(meeting, "UN Charter 5")


@procedure("expulsion", "expulsion of a member", basis="UN Charter 6, 18(2)", asks=("recommended", "in_arrears"))
def expulsion(meeting: Meeting) -> Rule:
    """Two thirds of those present and voting, once the Security Council has recommended it."""
    return _recommended(meeting, "UN Charter 6")


@procedure(
    "election", "election of a non-permanent member of the Security Council", basis="UN Charter 18(2), 23(1)",
    asks=("in_arrears",), otherwise="Another ballot is held, among those with most votes (rule 94).",
)  # fmt: skip
def election(meeting: Meeting) -> Rule:
    """Two thirds of the members present and voting for one candidate, by secret ballot.

    A `yes` names the candidate on a valid ballot, a `no` names others only.
    """
    return _two_thirds(meeting, "two thirds of the members present and voting name the candidate", "UN Charter 18(2)")


@procedure(
    "emergency_session", "request for an emergency special session", basis="A/RES/377(V), A 1",
    since=UNITING_FOR_PEACE, votes=(ABSENT, YES),
    then="The General Assembly meets in an emergency special session within 24 hours; it can only recommend.",
)  # fmt: skip
def emergency_session(meeting: Meeting) -> Rule:
    """A majority of the members of the United Nations requests it, where a veto keeps the Council from acting.

    The other way is a procedural vote of the Security Council.
    """
    needs = len(meeting.voters) // 2 + 1
    return at_least(needs, meeting.voters, f"at least {needs} members, a majority, request it", "A/RES/377(V), A 1")


@procedure(
    "charter_amendment", "adopting an amendment of the Charter", basis="UN Charter 108",
    then="It is open for ratification, and not yet in force (Article 108).",
)  # fmt: skip
def charter_amendment(meeting: Meeting) -> Rule:
    """Two thirds of all members of the Assembly, not only of those present and voting."""
    needs = -(-2 * len(meeting.voters) // 3)
    return at_least(needs, meeting.voters, f"at least {needs} votes, two thirds of all members", "UN Charter 108")


@procedure(
    "charter_ratification", "ratifying an amendment of the Charter", basis="UN Charter 108",
    votes=(ABSENT, YES), asks=("permanent_members",), then="The amendment enters into force for all members.",
    otherwise="The amendment is not in force until they have ratified it.",
)  # fmt: skip
def charter_ratification(meeting: Meeting) -> Rule:
    """Two thirds of the members have ratified, all permanent members of the Security Council among them.

    `yes` means ratified, `absent` not yet.
    """
    needs, permanent = -(-2 * len(meeting.voters) // 3), _permanent(meeting)
    return every(
        at_least(
            needs, meeting.voters, f"at least {needs} members, two thirds, have ratified", "UN Charter 108",
            unit="ratifications", otherwise=NO_DECISION,
        ),
        at_least(
            len(permanent), permanent, f"all {len(permanent)} permanent members have ratified", "UN Charter 108",
            unit="ratifications", otherwise=NO_DECISION,
        ),
    )  # fmt: skip


def _permanent(meeting: Meeting) -> tuple[str, ...]:
    """Those of the record; of the case where the record knows a seat under another key in the United Nations."""
    given_by_case = meeting.facts.names("permanent_members")
    permanent = given_by_case or members_of(meeting.record, "UNSC_P5", on=iso(meeting.day)).members
    if strangers := sorted(set(permanent) - set(meeting.voters)):
        raise QuestionError(
            f"the record knows the permanent member {', '.join(strangers)} by another key as a member of the UN",
            where=meeting.facts.where, do="add permanent_members: [...] with the keys of indivisible members UN",
        )  # fmt: skip
    return permanent


PROCEDURES = (
    important, other, admission, suspension, expulsion, election, emergency_session, charter_amendment,
    charter_ratification,
)  # fmt: skip
STEPS = {"accede": "admission", "suspend": "suspension"}
