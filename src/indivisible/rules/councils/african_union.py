"""The Assembly of the African Union: consensus, failing which two thirds; suspended members have no vote."""

from __future__ import annotations

from indivisible.errors import QuestionError
from indivisible.rules.ballot import (
    ABSENT,
    ABSTAIN,
    NO,
    NO_DECISION,
    NOT_PARTICIPATING,
    QUORUM,
    YES,
    Condition,
    Rule,
    at_least,
    every,
    nobody,
    some,
)  # fmt: skip
from indivisible.rules.facts import CHOICE, Fact, vocabulary
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "AU", "Assembly of the African Union", "AU", "participation"
VOTES = (NO, ABSENT, ABSTAIN, NOT_PARTICIPATING, YES)
GROUNDS = ("war crimes", "genocide", "crimes against humanity")
FACTS = vocabulary(
    Fact("grounds", CHOICE, "the grave circumstances in the state concerned", choices=(*GROUNDS, "other")),
)


def _two_thirds(number: int) -> int:
    return -(-2 * number // 3)


def _quorum(meeting: Meeting) -> Condition:
    """Two thirds are there. Those against are not counted: where two thirds vote for the quorum is met anyway, and
    where somebody is against and fewer vote for, it is defeated anyway."""
    number = len(meeting.voters)
    needs = _two_thirds(number)
    says = f"a quorum of two thirds: {needs} of {number} are there and not against"
    there = (ABSTAIN, NOT_PARTICIPATING, YES)
    return at_least(
        needs, meeting.voters, says, "Constitutive Act 7(2)", votes=there, unit="members", defeated_by=QUORUM,
        otherwise=NO_DECISION,
    )  # fmt: skip


def _assembly(meeting: Meeting) -> Rule:
    number = len(meeting.voters)
    needs = _two_thirds(number)
    return every(
        some(
            nobody(meeting.voters, "no member objects", "Constitutive Act 7(1)"),
            at_least(
                needs, meeting.voters, f"or two thirds: at least {needs} of {number} members with a vote for",
                "Constitutive Act 7(1)",
            ),
        ),
        _quorum(meeting),
    )  # fmt: skip


@procedure("assembly", "decisions of the Assembly", basis="Constitutive Act 7(1)", votes=VOTES)
def assembly(meeting: Meeting) -> Rule:
    """Consensus; failing it, two thirds of the members that have a vote. Two thirds of them have to be there.

    Members that are suspended for an unconstitutional change of government take no part (Article 30).
    """
    return _assembly(meeting)


@procedure(
    "procedural", "matters of procedure", basis="Constitutive Act 7(1)", votes=VOTES, confidence="medium"
)  # fmt: skip
def procedural(meeting: Meeting) -> Rule:
    """More than half of the members vote for; so also whether a matter is one of procedure."""
    number = len(meeting.voters)
    needs = number // 2 + 1
    return at_least(needs, meeting.voters, f"more than half: {needs} of {number} for", "Constitutive Act 7(1)")


@procedure(
    "intervention", "intervention in a member in grave circumstances", basis="Constitutive Act 4(h), 7(1)",
    votes=VOTES, asks=("grounds",),
    then="Enforcement by a regional organization needs the authority of the UN Security Council (UN Charter 53(1)).",
)  # fmt: skip
def intervention(meeting: Meeting) -> Rule:
    """The Union may intervene in a member by a decision of the Assembly, for war crimes, genocide and crimes against
    humanity. The member concerned keeps its vote; the Act does not take it away."""
    grounds = meeting.facts.text("grounds")
    if grounds not in GROUNDS:
        what = "the case names no grounds" if grounds is None else "the case names other grounds"
        raise QuestionError(
            f"intervention is for {', '.join(GROUNDS)} only (Article 4(h)), and {what}",
            where=meeting.facts.where,
            do="add facts: {grounds: genocide}, or choose procedure: assembly",
        )
    return _assembly(meeting)


@procedure(
    "admission", "admission of a member", basis="Constitutive Act 29", votes=VOTES, confidence="medium"
)  # fmt: skip
def admission(meeting: Meeting) -> Rule:
    """A simple majority of the members vote for; each tells the Commission of its vote."""
    number = len(meeting.voters)
    needs = number // 2 + 1
    return at_least(needs, meeting.voters, f"more than half: {needs} of {number} for", "Constitutive Act 29(2)")


PROCEDURES = (assembly, procedural, intervention, admission)
STEPS = {"accede": "admission", "withdraw": ""}
