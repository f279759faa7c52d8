"""The Association of Southeast Asian Nations: consultation and consensus; some go ahead only in economic matters."""

from __future__ import annotations

from indivisible.errors import QuestionError
from indivisible.rules.ballot import ABSENT, ABSTAIN, NO, NO_DECISION, NOT_PARTICIPATING, YES, Rule, nobody
from indivisible.rules.facts import TRUTH, Fact, vocabulary
from indivisible.rules.procedure import Meeting, procedure
from indivisible.values import Truth

KEY, NAME, ORGANIZATION, LAYER = "ASEAN", "Association of Southeast Asian Nations", "ASEAN", "legal"
CHARTER = "2008-12-15"
VOTES = (NO, ABSENT, ABSTAIN, NOT_PARTICIPATING, YES)
FACTS = vocabulary(Fact("economic", TRUTH, "whether the matter is how an economic commitment is carried out"))
TO_THE_SUMMIT = "The Summit may decide how the decision is to be made (Article 20(2))."


@procedure(
    "consensus", "decisions of all bodies", basis="ASEAN Charter 20(1)", votes=VOTES, since=CHARTER,
    otherwise=TO_THE_SUMMIT,
)  # fmt: skip
def consensus(meeting: Meeting) -> Rule:
    """Consultation and consensus: no member objects. Without consensus nothing is decided, and the Summit may say how
    the decision is to be made; a serious breach of the Charter goes to it as well."""
    return nobody(meeting.voters, "no member objects", "ASEAN Charter 20(1)", otherwise=NO_DECISION)


@procedure(
    "consensus", "decisions of all bodies", basis="practice since the Bangkok Declaration of 1967", votes=VOTES,
    until=CHARTER, confidence="medium",
)  # fmt: skip
def consensus_by_practice(meeting: Meeting) -> Rule:
    """Consultation and consensus, by practice: the declaration of 1967 has no rule on voting."""
    return nobody(meeting.voters, "no member objects", "practice since 1967", otherwise=NO_DECISION)


@procedure(
    "summit", "what the Summit decides where there was no consensus, or a serious breach",
    basis="ASEAN Charter 20(2), 20(4)", votes=VOTES, since=CHARTER, confidence="medium",
)  # fmt: skip
def summit(meeting: Meeting) -> Rule:
    """The Summit decides how a specific decision can be made. The Charter gives it no majority: it too has acted by
    consensus, and the member that breaches the Charter takes part."""
    return nobody(meeting.voters, "no member of the Summit objects", "ASEAN Charter 20(2)", otherwise=NO_DECISION)


@procedure(
    "economic_minus_x", "economic commitments that some carry out later", basis="ASEAN Charter 21(2)", votes=VOTES,
    asks=("economic",), since=CHARTER,
    then="Those that do not participate are not bound yet; the others go ahead.", otherwise=TO_THE_SUMMIT,
)  # fmt: skip
def economic_minus_x(meeting: Meeting) -> Rule:
    """Some members go ahead and others (not_participating) follow later, where there is consensus to proceed so; only
    in carrying out economic commitments."""
    economic = meeting.facts.truth("economic")
    if economic is not Truth.YES:
        what = "is not said to be" if economic is Truth.UNKNOWN else "is not"
        raise QuestionError(
            f"ASEAN minus X is for economic commitments only (Article 21(2)), and the matter {what} one",
            where=meeting.facts.where,
            do="choose procedure: consensus, or add facts: {economic: yes} where it is one",
        )
    says = "no member objects to some going ahead"
    return nobody(meeting.voters, says, "ASEAN Charter 21(2)", otherwise=NO_DECISION)


@procedure("admission", "admission of a member", basis="ASEAN Charter 6", votes=VOTES, since=CHARTER)
def admission(meeting: Meeting) -> Rule:
    """The Summit admits by consensus, on the recommendation of the Coordinating Council."""
    return nobody(meeting.voters, "no member objects", "ASEAN Charter 6(3)")


PROCEDURES = (consensus, consensus_by_practice, summit, economic_minus_x, admission)
STEPS = {"accede": "admission"}
