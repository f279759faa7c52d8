"""The Security Council of the United Nations: nine of fifteen, and no permanent member against (Charter, 23 and 27)."""

from __future__ import annotations

from indivisible.errors import QuestionError
from indivisible.rules.ballot import NO, VETO, Every, Rule, at_least, every, nobody
from indivisible.rules.facts import CHOICE, NAMES, Fact, vocabulary
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "UNSC", "Security Council", "UNSC", "legal"
AMENDED = "1965-08-31"  # the amendment of Articles 23 and 27 enters into force
ENLARGED = "1966-01-01"  # the four new seats are taken
REVIEW_AMENDED = "1968-06-12"  # the amendment of Article 109 enters into force
UNITING_FOR_PEACE = "1950-11-03"  # A/RES/377(V)
VETO_DEBATED = "2022-04-26"  # A/RES/76/262

FACTS = vocabulary(
    Fact("chapter", CHOICE, "the chapter or article on which the draft rests", choices=("VI", "52(3)", "VII", "other")),
    Fact("parties_to_dispute", NAMES, "members that are party to the dispute before the Council; [] if there are none"),
)
ABOUT_A_DISPUTE = ("VI", "52(3)")
BINDING = (
    "Members have to carry out what the Council decides (Article 25), not what it recommends, as under Chapter VI."
)
TO_THE_ASSEMBLY = (
    "The Council itself, by a procedural vote, or a majority of the members of the United Nations may call an "
    "emergency special session of the General Assembly (A/RES/377(V))."
)
DEBATED = "The General Assembly debates the veto within ten working days (A/RES/76/262). "


def _obliged_to_abstain(meeting: Meeting) -> tuple[str, ...]:
    """Parties to a dispute, in decisions under Chapter VI and Article 52(3) (Article 27(3), last clause)."""
    chapter, parties = meeting.facts.text("chapter"), meeting.facts.names("parties_to_dispute")
    if chapter is None and parties:
        raise QuestionError(
            "whether a party to the dispute has to abstain turns on the chapter, and the case gives none",
            where=meeting.facts.where, do="add chapter: VI, 52(3), VII or other",
        )  # fmt: skip
    if chapter in ABOUT_A_DISPUTE and parties is None:
        raise QuestionError(
            f"under {chapter} a party to the dispute abstains, and the case does not say who is one",
            where=meeting.facts.where, do="add parties_to_dispute: [...]; [] if there are none",
        )  # fmt: skip
    return parties or () if chapter in ABOUT_A_DISPUTE else ()


def _notes(meeting: Meeting) -> tuple[str, ...]:
    if meeting.facts.text("chapter") is None:
        return ("no chapter is given; under Chapter VI and Article 52(3) a party to the dispute would have to abstain",)
    return ()


def _notes_of_1965(meeting: Meeting) -> tuple[str, ...]:
    said = "the Council itself went on to count seven votes as enough until its new members sat (resolution 218)"
    return (*_notes(meeting), said)


def _substantive(meeting: Meeting, votes: int) -> Every:
    able = meeting.without(_obliged_to_abstain(meeting))
    permanent = [state for state in meeting.holders("permanent_member", of="UNSC_P5") if state in able]
    return every(
        at_least(votes, able, f"at least {votes} affirmative votes", "UN Charter 27(3)"),
        nobody(permanent, "no permanent member votes against", "UN Charter 27(3)", defeated_by=VETO),
    )


def _any(meeting: Meeting, votes: int, article: str) -> Rule:
    return at_least(votes, meeting.voters, f"at least {votes} affirmative votes", article)


@procedure(
    "substantive", "matters that are not procedural", basis="UN Charter 27(3)", since=VETO_DEBATED,
    asks=("chapter", "parties_to_dispute"), then=BINDING, otherwise={VETO: DEBATED + TO_THE_ASSEMBLY}, notes=_notes,
)  # fmt: skip
def substantive(meeting: Meeting) -> Rule:
    """Nine votes for, and none of the permanent members against; a veto is debated in the General Assembly.

    The text asks for the concurring votes of the permanent members; in practice an abstention or an absence of one is
    no veto (International Court of Justice, Namibia, 1971). A party to the dispute abstains in decisions under
    Chapter VI and Article 52(3); its vote is not counted there. Who holds a permanent seat is what the record says of
    the day. The presidency, which changes every month, gives no further vote.
    """
    return _substantive(meeting, 9)


@procedure(
    "substantive", "matters that are not procedural", basis="UN Charter 27(3)", since=ENLARGED, until=VETO_DEBATED,
    asks=("chapter", "parties_to_dispute"), then=BINDING, otherwise={VETO: TO_THE_ASSEMBLY}, notes=_notes,
)  # fmt: skip
def substantive_of_fifteen(meeting: Meeting) -> Rule:
    """Nine votes for, and none of the permanent members against."""
    return _substantive(meeting, 9)


@procedure(
    "substantive", "matters that are not procedural", basis="UN Charter 27(3) as amended", since=AMENDED,
    until=ENLARGED, asks=("chapter", "parties_to_dispute"), then=BINDING, otherwise={VETO: TO_THE_ASSEMBLY},
    notes=_notes_of_1965,
)  # fmt: skip
def substantive_before_enlargement(meeting: Meeting) -> Rule:
    """Nine votes for, as the amended text stands, of the eleven members who still sat; no permanent member against."""
    return _substantive(meeting, 9)


@procedure(
    "substantive_as_practised", "matters that are not procedural, as the Council counted them in 1965",
    basis="practice of the Council", since=AMENDED, until=ENLARGED, asks=("chapter", "parties_to_dispute"),
    then=BINDING, otherwise={VETO: TO_THE_ASSEMBLY}, confidence="medium", notes=_notes,
)  # fmt: skip
def substantive_as_practised(meeting: Meeting) -> Rule:
    """Seven votes for, though the amended text asked for nine; no permanent member against.

    On 23 November 1965 the Council took resolution 218 as adopted with seven votes for and four abstentions.
    """
    return _substantive(meeting, 7)


@procedure(
    "substantive", "matters that are not procedural", basis="UN Charter 27(3) before 1965", since=UNITING_FOR_PEACE,
    until=AMENDED, asks=("chapter", "parties_to_dispute"), then=BINDING, otherwise={VETO: TO_THE_ASSEMBLY},
    notes=_notes,
)  # fmt: skip
def substantive_of_eleven(meeting: Meeting) -> Rule:
    """Seven votes for, and none of the permanent members against; the Council had eleven members."""
    return _substantive(meeting, 7)


@procedure(
    "substantive", "matters that are not procedural", basis="UN Charter 27(3) before 1965", until=UNITING_FOR_PEACE,
    asks=("chapter", "parties_to_dispute"), then=BINDING, notes=_notes,
)  # fmt: skip
def substantive_before_1950(meeting: Meeting) -> Rule:
    """Seven votes for, and none of the permanent members against; no emergency special session was known."""
    return _substantive(meeting, 7)


@procedure("procedural", "procedural matters", basis="UN Charter 27(2)", since=AMENDED)
def procedural(meeting: Meeting) -> Rule:
    """Any nine votes for; there is no veto."""
    return _any(meeting, 9, "UN Charter 27(2)")


@procedure("procedural", "procedural matters", basis="UN Charter 27(2) before 1965", until=AMENDED)
def procedural_of_eleven(meeting: Meeting) -> Rule:
    """Any seven votes for; there is no veto."""
    return _any(meeting, 7, "UN Charter 27(2)")


DOUBLE_VETO = (
    "this is practice, not text: the four sponsoring powers declared it on 7 June 1945, the Council never agreed; "
    "Presidents have ruled a matter procedural against a permanent member's vote, as on 7 September 1959"
)
PROCEDURAL_THEN = "The matter is put to the vote as procedural: no veto."
PROCEDURAL_ELSE = "The matter is put to the vote as one that is not procedural: a permanent member may veto that too."


def _double_veto(meeting: Meeting) -> tuple[str, ...]:
    return (DOUBLE_VETO,)


@procedure(
    "is_it_procedural", "the double veto: whether a matter is procedural", basis="statement of 7 June 1945",
    since=AMENDED, then=PROCEDURAL_THEN, otherwise=PROCEDURAL_ELSE, confidence="medium", notes=_double_veto,
)  # fmt: skip
def is_it_procedural(meeting: Meeting) -> Rule:
    """Whether a matter is procedural is, by the statement of 1945, itself not procedural: nine votes, and no veto."""
    return _preliminary(meeting, 9)


@procedure(
    "is_it_procedural", "the double veto: whether a matter is procedural", basis="statement of 7 June 1945",
    until=AMENDED, then=PROCEDURAL_THEN, otherwise=PROCEDURAL_ELSE, confidence="medium", notes=_double_veto,
)  # fmt: skip
def is_it_procedural_of_eleven(meeting: Meeting) -> Rule:
    """Whether a matter is procedural is, by the statement of 1945, itself not procedural: seven votes, and no veto."""
    return _preliminary(meeting, 7)


def _preliminary(meeting: Meeting, votes: int) -> Rule:
    permanent = meeting.holders("permanent_member", of="UNSC_P5")
    article = "statement of the four sponsoring powers, II(2)"
    return every(
        at_least(votes, meeting.voters, f"at least {votes} votes to treat it as procedural", article),
        nobody(permanent, "no permanent member votes against", article, votes=(NO,), defeated_by=VETO),
    )


SESSION = "The General Assembly meets in an emergency special session within 24 hours; it can only recommend."


@procedure(
    "emergency_session", "calling an emergency special session of the General Assembly",
    basis="A/RES/377(V), A 1", since=AMENDED, then=SESSION,
)  # fmt: skip
def emergency_session(meeting: Meeting) -> Rule:
    """Any nine votes for, where permanent members disagree and the Council cannot act; there is no veto."""
    return _any(meeting, 9, "A/RES/377(V), A 1")


@procedure(
    "emergency_session", "calling an emergency special session of the General Assembly",
    basis="A/RES/377(V), A 1", since=UNITING_FOR_PEACE, until=AMENDED, then=SESSION,
)  # fmt: skip
def emergency_session_of_eleven(meeting: Meeting) -> Rule:
    """Any seven votes for, where permanent members disagree and the Council cannot act; there is no veto."""
    return _any(meeting, 7, "A/RES/377(V), A 1")


# the number of votes from knowledge of the text, not re-seen
@procedure(
    "review_conference", "calling a conference to review the Charter", basis="UN Charter 109(1)",
    since=REVIEW_AMENDED, confidence="medium",
)  # fmt: skip
def review_conference(meeting: Meeting) -> Rule:
    """Any nine votes for; two thirds of the members of the General Assembly have to vote for it too."""
    return _any(meeting, 9, "UN Charter 109(1)")


@procedure(
    "review_conference", "calling a conference to review the Charter", basis="UN Charter 109(1) before 1968",
    until=REVIEW_AMENDED, confidence="medium",
)  # fmt: skip
def review_conference_before_1968(meeting: Meeting) -> Rule:
    """Any seven votes for; two thirds of the members of the General Assembly have to vote for it too."""
    return _any(meeting, 7, "UN Charter 109(1)")


PROCEDURES = (
    substantive, substantive_of_fifteen, substantive_before_enlargement, substantive_of_eleven, substantive_before_1950,
    substantive_as_practised, procedural, procedural_of_eleven, is_it_procedural, is_it_procedural_of_eleven,
    emergency_session, emergency_session_of_eleven, review_conference, review_conference_before_1968,
)  # fmt: skip
STEPS: dict[str, str] = {}  # its seats are filled by the General Assembly
