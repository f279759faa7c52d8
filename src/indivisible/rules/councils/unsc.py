"""The Security Council of the United Nations: nine of fifteen, and no permanent member against (Charter, 23 and 27)."""

from __future__ import annotations

from indivisible.rules.ballot import NO, VETO, YES, Rule, at_least, every, nobody
from indivisible.rules.facts import CHOICE, NAMES, Fact, vocabulary
from indivisible.rules.procedure import Meeting, procedure

KEY, NAME, ORGANIZATION, LAYER = "UNSC", "Security Council", "UNSC", "legal"
AMENDED = "1965-08-31"  # the amendment of Articles 23 and 27 enters into force

FACTS = vocabulary(
    Fact("chapter", CHOICE, "the chapter or article on which the draft rests", choices=("VI", "52(3)", "other")),
    Fact("parties_to_dispute", NAMES, "members that are party to the dispute before the Council"),
)


def _obliged_to_abstain(meeting: Meeting) -> tuple[str, ...]:
    """Parties to a dispute, in decisions under Chapter VI and Article 52(3) (Article 27(3), last clause)."""
    chapter = meeting.facts.text("chapter")
    return meeting.facts.names("parties_to_dispute") or () if chapter in ("VI", "52(3)") else ()


def _substantive(meeting: Meeting, votes: int) -> Rule:
    able = meeting.without(_obliged_to_abstain(meeting))
    permanent = [state for state in meeting.holders("permanent_member", of="UNSC_P5") if state in able]
    return every(
        at_least(votes, able, f"at least {votes} affirmative votes", "UN Charter 27(3)", votes=(YES,)),
        nobody(permanent, "no permanent member votes against", "UN Charter 27(3)", votes=(NO,), defeated_by=VETO),
    )


@procedure(
    "substantive", "matters that are not procedural", basis="UN Charter 27(3)", since=AMENDED,
    asks=("chapter", "parties_to_dispute"), then="Members have to carry out decisions of the Council (Article 25).",
)  # fmt: skip
def substantive(meeting: Meeting) -> Rule:
    """Nine votes for, and none of the permanent members against.

    The text asks for the concurring votes of the permanent members; in practice an abstention or an absence of one is
    no veto (International Court of Justice, Namibia, 1971). A party to the dispute abstains in decisions under
    Chapter VI and Article 52(3); its vote is not counted there.
    """
    return _substantive(meeting, 9)


@procedure(
    "substantive", "matters that are not procedural", basis="UN Charter 27(3) before 1965", until=AMENDED,
    asks=("chapter", "parties_to_dispute"), then="Members have to carry out decisions of the Council (Article 25).",
)  # fmt: skip
def substantive_of_eleven(meeting: Meeting) -> Rule:
    """Seven votes for, and none of the permanent members against; the Council had eleven members."""
    return _substantive(meeting, 7)


@procedure("procedural", "procedural matters", basis="UN Charter 27(2)", since=AMENDED)
def procedural(meeting: Meeting) -> Rule:
    """Any nine votes for; there is no veto."""
    return at_least(9, meeting.voters, "at least 9 affirmative votes", "UN Charter 27(2)")


@procedure("procedural", "procedural matters", basis="UN Charter 27(2) before 1965", until=AMENDED)
def procedural_of_eleven(meeting: Meeting) -> Rule:
    """Any seven votes for; there is no veto."""
    return at_least(7, meeting.voters, "at least 7 affirmative votes", "UN Charter 27(2)")


PROCEDURES = (substantive, substantive_of_eleven, procedural, procedural_of_eleven)
STEPS: dict[str, str] = {}  # its members are elected by the General Assembly
