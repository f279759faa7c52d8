"""The OSCE (until 1994 the CSCE): consensus, minus one, minus two, and mechanisms that need no consensus."""

from __future__ import annotations

from indivisible.errors import QuestionError
from indivisible.rules.ballot import ABSENT, YES, Rule, at_least, every, given, nobody
from indivisible.rules.facts import NAMES, TRUTH, Fact, vocabulary
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "OSCE", "Permanent Council and Ministerial Council", "OSCE", "legal"
HELSINKI_1973, VIENNA_1989, COPENHAGEN_1990 = "1973-07-03", "1989-01-15", "1990-06-29"
BERLIN_1991, MOSCOW_1991, PRAGUE_1992, STOCKHOLM_1992 = "1991-06-20", "1991-10-03", "1992-01-31", "1992-12-15"

FACTS = vocabulary(
    Fact("concerned", NAMES, "the state, or the states, that the decision is about"),
    Fact("violation", TRUTH, "whether the others hold that it violates commitments clearly, grossly and uncorrected"),
    Fact("outside_its_territory", TRUTH, "whether the steps are political ones that apply outside its territory"),
    Fact("refused", TRUTH, "whether the state has declined, or left unanswered, the request to invite a mission"),
)


@procedure("consensus", "all decisions", basis="OSCE Rules of Procedure, II.A", since="2006-11-01")
def consensus(meeting: Meeting) -> Rule:
    """Nobody objects so as to stop the decision; there is no vote.

    A state may join the consensus with an interpretative statement, or stay away. The Chairperson-in-Office, from the
    state that holds the chair for a year, finds consensus and has no further say.
    """
    return nobody(meeting.voters, "no participating State objects", "MC.DOC/1/06, II.A")


@procedure(
    "consensus", "all decisions", basis="Final Recommendations of Helsinki 1973, 69", since=HELSINKI_1973,
    until="2006-11-01",
)  # fmt: skip
def consensus_of_1973(meeting: Meeting) -> Rule:
    """Consensus is that no representative expresses an objection and submits it as an obstacle to the decision."""
    return nobody(meeting.voters, "no representative objects", "Final Recommendations of Helsinki 1973, 69")


def _number_concerned(meeting: Meeting, number: int) -> None:
    names = meeting.facts.names("concerned") or ()
    if len(names) != number:
        told = {1: "one state", 2: "two states"}[number]
        raise QuestionError(
            f"the rule leaves out {told}, and the case names {len(names)}: {', '.join(names)}",
            where=meeting.facts.where, do=f"name {told} in concerned",
        )  # fmt: skip


@procedure(
    "minus_one", "steps in a case of clear, gross and uncorrected violations", basis="Prague Document 1992, 16",
    since=PRAGUE_1992, without="concerned", asks=("violation", "outside_its_territory"),
)  # fmt: skip
def minus_one(meeting: Meeting) -> Rule:
    """Nobody but the state concerned objects; only for clear, gross and uncorrected violations of commitments.

    Such steps are political: declarations and others that apply outside the territory of the state concerned.
    """
    _number_concerned(meeting, 1)
    article = "Prague Document 1992, 16"
    violation, outside = meeting.facts.truth("violation"), meeting.facts.truth("outside_its_territory")
    return every(
        given("there are clear, gross and uncorrected violations", article, violation),
        given("the steps are political and outside the state's territory", article, outside),
        nobody(meeting.voters, "no participating State but the one concerned objects", article),
    )


@procedure(
    "minus_two", "directing two states to conciliation", basis="Stockholm 1992, directed conciliation",
    since=STOCKHOLM_1992, without="concerned", then="The two states seek conciliation of their dispute.",
    notes=lambda meeting: ("no such decision is known to have been taken",),
)  # fmt: skip
def minus_two(meeting: Meeting) -> Rule:
    """Nobody but the two parties to the dispute objects; they are then directed to seek conciliation."""
    _number_concerned(meeting, 2)
    article = "Stockholm 1992, directed conciliation"
    return nobody(meeting.voters, "no participating State but the two parties objects", article)


MISSION = "Up to three rapporteurs are sent; the state concerned cannot prevent it."


@procedure(
    "moscow", "Moscow Mechanism: rapporteurs after a refusal", basis="Moscow Document 1991, 9 and 10",
    since=MOSCOW_1991, votes=(ABSENT, YES), without="concerned", asks=("refused",), then=MISSION,
)  # fmt: skip
def moscow(meeting: Meeting) -> Rule:
    """Six states in all: one that has asked in vain for an invitation of experts, and five that support it.

    No consensus is needed and no objection counts; `yes` asks or supports.
    """
    article = "Moscow Document 1991, 9 and 10"
    refused = meeting.facts.truth("refused")
    return every(
        given("the state concerned has not invited experts", article, refused),
        at_least(6, meeting.voters, "at least 6 states: one and the support of 5", article, unit="states"),
    )


@procedure(
    "moscow_at_once", "Moscow Mechanism: rapporteurs at once in a particularly serious threat",
    basis="Moscow Document 1991, 12", since=MOSCOW_1991, votes=(ABSENT, YES), without="concerned", then=MISSION,
)  # fmt: skip
def moscow_at_once(meeting: Meeting) -> Rule:
    """Ten states in all: one that holds the threat to the human dimension particularly serious, and nine in support.

    No consensus is needed, no objection counts and no refusal has to come first; `yes` asks or supports.
    """
    article = "Moscow Document 1991, 12"
    return at_least(10, meeting.voters, "at least 10 states: one and the support of 9", article, unit="states")


def _asked(meeting: Meeting) -> Rule:
    return at_least(1, meeting.voters, "at least 1 state asks", "Vienna 1989, human dimension 1 to 4", unit="states")


@procedure(
    "vienna", "Vienna Mechanism: information and a meeting on the human dimension",
    basis="Vienna 1989 as shortened in Moscow 1991", since=MOSCOW_1991, votes=(ABSENT, YES), without="concerned",
    then="The state asked answers in writing within ten days and holds a meeting within one week of the request.",
)  # fmt: skip
def vienna(meeting: Meeting) -> Rule:
    """One state is enough and needs no support: it asks another for information or a meeting."""
    return _asked(meeting)


# the periods of 1990 from knowledge of the text, not re-seen
@procedure(
    "vienna", "Vienna Mechanism: information and a meeting on the human dimension",
    basis="Vienna 1989 as shortened in Copenhagen 1990", since=COPENHAGEN_1990, until=MOSCOW_1991, votes=(ABSENT, YES),
    without="concerned", confidence="medium",
    then="The state asked answers in writing within four weeks and holds a meeting within three weeks of the request.",
)  # fmt: skip
def vienna_of_1990(meeting: Meeting) -> Rule:
    """One state is enough and needs no support; the periods were longer than after 1991."""
    return _asked(meeting)


@procedure(
    "vienna", "Vienna Mechanism: information and a meeting on the human dimension", basis="Vienna 1989",
    since=VIENNA_1989, until=COPENHAGEN_1990, votes=(ABSENT, YES), without="concerned", confidence="medium",
    then="The state asked answers, and holds a meeting if one is requested; no period is set.",
)  # fmt: skip
def vienna_of_1989(meeting: Meeting) -> Rule:
    """One state is enough and needs no support; no period was set yet."""
    return _asked(meeting)


@procedure(
    "berlin", "Berlin Mechanism: an emergency meeting", basis="Berlin 1991, emergency mechanism", since=BERLIN_1991,
    votes=(ABSENT, YES), then="An emergency meeting is held.",
)  # fmt: skip
def berlin(meeting: Meeting) -> Rule:
    """Thirteen states in all: one that asks for an emergency meeting, and twelve that second it; no consensus."""
    article = "Berlin 1991, emergency mechanism"
    return at_least(13, meeting.voters, "at least 13 states: one and the support of 12", article, unit="states")


PROCEDURES = (
    consensus, consensus_of_1973, minus_one, minus_two, moscow, moscow_at_once, vienna, vienna_of_1990, vienna_of_1989,
    berlin,
)  # fmt: skip
STEPS = {"accede": "consensus", "observe": "consensus"}
