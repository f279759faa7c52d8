"""The North Atlantic Council: consensus without a vote, silence procedures, and unanimous invitations (Article 10)."""

from __future__ import annotations

from indivisible.errors import QuestionError
from indivisible.rules.ballot import (
    ABSENT,
    BREAKS_SILENCE,
    NO_DECISION,
    OBJECTION,
    SILENT,
    YES,
    Rule,
    at_least,
    every,
    given,
    nobody,
)  # fmt: skip
from indivisible.rules.facts import DAY, NAMES, Fact, vocabulary
from indivisible.rules.procedure import Meeting, procedure
from indivisible.values import Truth, iso

KEY, NAME, ORGANIZATION, LAYER = "NATO", "North Atlantic Council", "NATO", "legal"

FACTS = vocabulary(
    Fact("deadline", DAY, "the last day on which silence may be broken"),
    Fact("outside_defence_planning", NAMES, "allies that take no part in the integrated defence planning"),
)


@procedure("consensus", "all decisions", basis="North Atlantic Treaty, 9; practice of the Council")
def consensus(meeting: Meeting) -> Rule:
    """Nobody objects; there is no vote and no majority.

    An ally that does not agree but does not object lets the decision pass. The Secretary General presides, finds
    whether there is consensus, and has no vote.
    """
    return nobody(meeting.voters, "no ally objects", "practice of the Council")


@procedure(
    "silence", "a text under silence procedure", basis="practice of the Council", asks=("deadline",),
    votes=(BREAKS_SILENCE, SILENT), then="The text stands as agreed by all.",
    otherwise={OBJECTION: "The text goes back to the Council or its committee."},
)  # fmt: skip
def silence(meeting: Meeting) -> Rule:
    """A text is agreed if no ally breaks silence until the deadline; until then nothing is decided.

    Silence that is kept can still be broken on the last day.
    """
    deadline = meeting.facts.day("deadline")
    if deadline is None:
        raise QuestionError(
            "silence lasts until a day, and the case does not give it",
            where=meeting.facts.where, do="add facts: {deadline: 2024-06-14}",
        )  # fmt: skip
    over = Truth.YES if meeting.day > deadline else Truth.NO
    if meeting.day == deadline:
        over = Truth.UNKNOWN
    ends = {Truth.YES: "ended", Truth.NO: "ends", Truth.UNKNOWN: "ends this very day,"}[over]
    return every(
        nobody(meeting.voters, "no ally breaks silence", "practice of the Council", votes=(BREAKS_SILENCE,)),
        given(
            "silence is over", "practice of the Council", over, defeated_by="silence still running",
            otherwise=NO_DECISION, told=f"it {ends} {iso(deadline)}",
        ),
    )  # fmt: skip


@procedure(
    "invitation", "inviting a European state to accede", basis="North Atlantic Treaty, 10",
    then="The state may become a party when all allies have ratified and it deposits its instrument of accession.",
)  # fmt: skip
def invitation(meeting: Meeting) -> Rule:
    """All allies agree to invite a European state that can further the treaty and the security of the area."""
    return _all_agree(meeting, "allies agree", "North Atlantic Treaty, 10")


@procedure(
    "accession_protocol", "acceptance of a protocol of accession", basis="North Atlantic Treaty, 10; the protocol",
    votes=(ABSENT, YES), then="The protocol is in force; the state is invited and may deposit its accession.",
    otherwise="The protocol is not in force until they have accepted it.",
)  # fmt: skip
def accession_protocol(meeting: Meeting) -> Rule:
    """The protocol enters into force when all allies have accepted it; `yes` means accepted, `absent` not yet."""
    return _all_agree(meeting, "allies have accepted the protocol", "protocol of accession, II", otherwise=NO_DECISION)


@procedure(
    "consultation", "consultations", basis="North Atlantic Treaty, 4", votes=(ABSENT, YES),
    then="The allies consult; what they then decide takes consensus.",
)  # fmt: skip
def consultation(meeting: Meeting) -> Rule:
    """One ally is enough: that it holds integrity, independence or security of a party to be threatened; `yes` asks."""
    return at_least(
        1, meeting.voters, "at least 1 ally asks for consultations", "North Atlantic Treaty, 4", unit="allies"
    )


# the days from knowledge, not re-seen
@procedure(
    "defence_planning", "decisions of the Defence Planning Committee", basis="practice", since="1966-07-01",
    until="2010-06-11", without="outside_defence_planning", confidence="medium",
)  # fmt: skip
def defence_planning(meeting: Meeting) -> Rule:
    """Nobody objects among the allies that take part in integrated defence planning; the others have no say in it.

    The committee met on defence matters until 2010, without an ally that stood outside the integrated command.
    """
    return nobody(meeting.voters, "no ally in the committee objects", "practice of the committee")


def _all_agree(meeting: Meeting, says: str, article: str, *, otherwise: str = "rejected") -> Rule:
    number = len(meeting.voters)
    return at_least(
        number, meeting.voters, f"all {number} {says}", article, unit="allies", defeated_by=OBJECTION,
        otherwise=otherwise,
    )  # fmt: skip


PROCEDURES = (consensus, silence, invitation, accession_protocol, consultation, defence_planning)
STEPS = {"accede": "invitation", "withdraw": ""}
