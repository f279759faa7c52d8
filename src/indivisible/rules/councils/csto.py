"""The Collective Security Council of the CSTO: consensus, limited formats, decisions without the member concerned."""

from __future__ import annotations

from indivisible.errors import QuestionError
from indivisible.rules.ballot import Every, Rule, every, given, nobody, present_and_voting
from indivisible.rules.facts import NAME as ONE_NAME
from indivisible.rules.facts import NAMES, TRUTH, Fact, vocabulary
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "CSTO", "Collective Security Council", "CSTO", "legal"
TREATY, CHARTER, AMENDED = "1994-04-20", "2003-09-18", "2012-12-19"  # entries into force; the last is that of 2010
PEACEKEEPING = "2009-01-15"

FACTS = vocabulary(
    Fact("concerned", NAMES, "the member that the decision is about"),
    Fact("in_arrears", NAMES, "members that have not paid for two years and have no vote"),
    Fact("format", NAMES, "members that decide in the limited format"),
    Fact("host", ONE_NAME, "the member on whose territory the operation is to be"),
    Fact("request", TRUTH, "whether that member has officially requested it"),
    Fact("mandate", TRUTH, "whether the Security Council of the United Nations has decided on the operation"),
    Fact("written_request", TRUTH, "whether the state or organisation has asked for it in writing"),
)
BINDING = "The decision binds the members (Charter, 12)."


def _able(meeting: Meeting) -> tuple[str, ...]:
    return meeting.without(meeting.facts.names("in_arrears"))


def _arrears(meeting: Meeting) -> tuple[str, ...]:
    if meeting.facts.names("in_arrears"):
        return ("that two years of arrears cost the vote is held with medium confidence",)
    return ()


def _agreed(meeting: Meeting) -> Rule:
    return nobody(_able(meeting), "no member objects", "CSTO Charter, 12")


@procedure(
    "consensus", "all but procedural questions", basis="CSTO Charter, 12", since=CHARTER, asks=("in_arrears",),
    then=BINDING, notes=_arrears,
)  # fmt: skip
def consensus(meeting: Meeting) -> Rule:
    """Nobody objects; each member has one vote, and decisions bind.

    A member that freezes its participation on its own word keeps its vote: the Charter knows no such state. The chair
    is the head of state of the member that hosts the regular session, until the next one, and has no further vote. A
    member that owes contributions for two years has none.
    """
    return _agreed(meeting)


# from knowledge of the text, not re-seen
@procedure(
    "consensus", "all but procedural questions", basis="Collective Security Treaty, 3; statute of the Council",
    since=TREATY, until=CHARTER, confidence="medium",
)  # fmt: skip
def consensus_of_the_treaty(meeting: Meeting) -> Rule:
    """Nobody objects; before the Charter the Council decided by consensus of the parties to the treaty."""
    return nobody(meeting.voters, "no party objects", "Collective Security Treaty, 3")


# from knowledge of the text, not re-seen
@procedure(
    "procedural", "procedural questions", basis="rules of procedure of the bodies of the CSTO", since=CHARTER,
    asks=("in_arrears",), confidence="medium", notes=_arrears,
)  # fmt: skip
def procedural(meeting: Meeting) -> Rule:
    """More votes for than against; the Charter takes procedural questions out of consensus and gives no number."""
    return present_and_voting(
        1, 2, _able(meeting), "more than half of the votes cast for or against", "rules of procedure", more_than=True
    )


@procedure(
    "limited_format", "decisions in a limited format", basis="CSTO Charter, 12, as amended in 2010", since=AMENDED,
    asks=("format", "in_arrears"), notes=_arrears,
    then="It is carried out by those in the format; a member outside it bears no responsibility for it.",
)  # fmt: skip
def limited_format(meeting: Meeting) -> Rule:
    """Some members decide among themselves, if no member objects to that format; none of them objects to the decision.

    `no` of a member outside the format objects to the format.
    """
    format_ = _format(meeting)
    able = _able(meeting)
    inside, outside = [one for one in able if one in format_], [one for one in able if one not in format_]
    return every(
        nobody(outside, "no member outside objects to the format", "CSTO Charter, 12"),
        nobody(inside, "no member in the format objects to the decision", "CSTO Charter, 12"),
    )


def _format(meeting: Meeting) -> tuple[str, ...]:
    format_ = meeting.facts.names("format")
    if not format_:
        raise QuestionError(
            "a limited format is made of some members, and the case names none",
            where=meeting.facts.where, do="add facts: {format: [...]}",
        )  # fmt: skip
    if strangers := sorted(set(format_) - set(meeting.voters)):
        raise QuestionError(
            f"{', '.join(strangers)} cannot be in the format: no member on that day",
            where=meeting.facts.where, do="name members only",
        )  # fmt: skip
    return format_


@procedure(
    "suspension", "suspension or exclusion of a member", basis="CSTO Charter, 20", since=CHARTER, without="concerned",
    asks=("in_arrears",), notes=_arrears,
)  # fmt: skip
def suspension(meeting: Meeting) -> Rule:
    """Nobody objects but the member concerned, which has no vote: for not fulfilling the Charter and decisions."""
    return nobody(_able(meeting), "no member but the one concerned objects", "CSTO Charter, 20")


@procedure(
    "peacekeeping", "a peacekeeping operation on the territory of a member",
    basis="Agreement on Peacekeeping of 2007; CSTO Charter, 12", since=PEACEKEEPING,
    asks=("host", "request", "in_arrears"), then="The operation has its mandate from the Council.", notes=_arrears,
)  # fmt: skip
def peacekeeping(meeting: Meeting) -> Rule:
    """The member on whose territory it is to be has officially asked for it, and nobody objects."""
    host = meeting.facts.text("host")
    if host is not None and host not in meeting.voters:
        raise QuestionError(
            f"{meeting.record.name_of(host)} ({host}) is no member of the CSTO on that day",
            where=meeting.facts.where, do="use procedure: peacekeeping_outside",
        )  # fmt: skip
    request = meeting.facts.truth("request")
    return every(
        given("the member concerned has requested it", "Agreement on Peacekeeping of 2007", request), _agreed(meeting)
    )


@procedure(
    "peacekeeping_outside", "a peacekeeping operation outside the territory of members",
    basis="Agreement on Peacekeeping of 2007; CSTO Charter, 12", since=PEACEKEEPING, asks=("mandate", "in_arrears"),
    notes=_arrears,
)  # fmt: skip
def peacekeeping_outside(meeting: Meeting) -> Every:
    """The Security Council of the United Nations has decided on it, and nobody objects."""
    says = "the Security Council of the United Nations has decided on it"
    mandate = meeting.facts.truth("mandate")
    return every(given(says, "Agreement on Peacekeeping of 2007", mandate), _agreed(meeting))


def _status(meeting: Meeting) -> Rule:
    asked = meeting.facts.truth("written_request")
    return every(given("it has asked for it in writing", "CSTO Charter, 21", asked), _agreed(meeting))


@procedure(
    "observer", "granting the status of observer", basis="CSTO Charter, 21", since=CHARTER,
    asks=("written_request", "in_arrears"), notes=_arrears,
)  # fmt: skip
def observer(meeting: Meeting) -> Rule:
    """A state or organisation that is no member has asked for it in writing, and nobody objects; it gets no vote."""
    return _status(meeting)


@procedure(
    "partner", "granting the status of partner", basis="CSTO Charter, 21; regulations of 2018", since="2018-11-08",
    asks=("written_request", "in_arrears"), confidence="medium", notes=_arrears,
)  # fmt: skip
def partner(meeting: Meeting) -> Rule:
    """A state or organisation that is no member has asked for it in writing, and nobody objects; it gets no vote."""
    return _status(meeting)


PROCEDURES = (
    consensus, consensus_of_the_treaty, procedural, limited_format, suspension, peacekeeping, peacekeeping_outside,
    observer, partner,
)  # fmt: skip
STEPS = {"accede": "consensus", "observe": "observer", "suspend": "suspension", "withdraw": ""}
