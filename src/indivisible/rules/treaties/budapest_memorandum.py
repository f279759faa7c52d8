"""The Budapest Memorandum on security assurances to Ukraine, 1994, paragraph by paragraph, under both its readings.

Whether the text binds in law, or is a political assurance, is disputed: each finding says under which reading it
stands, and carries the authority that the reading gives it. The memoranda for Belarus and Kazakhstan have the same
paragraphs and stand in files of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indivisible.rules.base import CONSULT, PROHIBIT, SETTLE, Case, article
from indivisible.rules.facts import TRUTH, Fact, vocabulary
from indivisible.rules.finding import NOT_APPLICABLE, Finding
from indivisible.rules.parties import judged, when_owed
from indivisible.values import Truth

KEY = "BUDAPEST_MEMORANDUM_UKR_1994"
AUTHORITY = "legal"
READINGS = {"a treaty in force": "legal", "a political assurance": "political"}
NUCLEAR_ONLY = "only the nuclear assurance obliges"  # as the foreign minister of Russia put it on 26 January 2016
FACTS = vocabulary(
    Fact("borders_respected", TRUTH, "Whether the state respects independence, sovereignty and borders of the other."),
    Fact("force_or_threat", TRUTH, "Whether it used or threatened force against the other."),
    Fact(
        "self_defence_or_charter",
        TRUTH,
        "Whether that was in self-defence or otherwise in accordance with the Charter.",
    ),
    Fact("economic_coercion", TRUTH, "Whether it used economic coercion to subordinate the other's sovereign rights."),
    Fact("nuclear_aggression", TRUTH, "Whether the other was attacked or threatened with nuclear weapons."),
    Fact("council_action_sought", TRUTH, "Whether the state sought action of the Security Council at once."),
    Fact("nuclear_weapons_used", TRUTH, "Whether the state used nuclear weapons against the other."),
    Fact("attacked_with_nuclear_ally", TRUTH, "Whether the other attacked it, allied with a nuclear-weapon state."),
    Fact("question_about_commitments", TRUTH, "Whether a situation raises a question about these commitments."),
    Fact("consulted", TRUTH, "Whether the state took part in consultations on it."),
)


def _read(
    case: Case, paragraph: str, kept: Truth, *, applies: Truth, yes: str, no: str, asks: tuple[str, ...],
    nuclear: bool = False,
) -> Iterator[Finding]:  # fmt: skip
    """The finding under each reading; a third holds that only the nuclear paragraphs oblige."""
    readings = {**READINGS, NUCLEAR_ONLY: "legal"}
    for reading, authority in readings.items():
        if reading == NUCLEAR_ONLY and not nuclear:
            told = "So read, this paragraph obliges to nothing."
            yield Finding(paragraph, NOT_APPLICABLE, told, reading=reading, authority="political")
            continue
        if applies is Truth.NO:
            told = "What the paragraph begins with is not so."
            yield Finding(paragraph, NOT_APPLICABLE, told, reading=reading, authority=authority)
            continue
        yield judged(
            paragraph, when_owed(applies, kept), kept=yes, broken=no, facts=case.facts, asked=asks, reading=reading,
            authority=authority,
        )  # fmt: skip


@article("1", "Independence and borders are respected", kind=PROHIBIT, domain="defence", asks=("borders_respected",))
def borders(case: Case) -> Iterable[Finding]:
    """The independence, sovereignty and existing borders of the other are respected."""
    yield from _read(
        case, "1", case.facts.truth("borders_respected"), applies=Truth.YES, yes="They are respected.",
        no="They are not respected.", asks=borders.asks,
    )  # fmt: skip


@article(
    "2", "No force but in self-defence", kind=PROHIBIT, domain="defence",
    asks=("force_or_threat", "self_defence_or_charter"),
)  # fmt: skip
def no_force(case: Case) -> Iterable[Finding]:
    """No threat or use of force against the other; none of their weapons are used against it except in self-defence or
    otherwise in accordance with the UN Charter."""
    facts = case.facts
    kept = ~(facts.truth("force_or_threat") & ~facts.truth("self_defence_or_charter"))
    yield from _read(
        case, "2", kept, applies=Truth.YES, yes="No force, or force in accordance with the Charter.",
        no="Force was used or threatened, and not in accordance with the Charter.", asks=no_force.asks,
    )  # fmt: skip


@article("3", "No economic coercion", kind=PROHIBIT, domain="economic", asks=("economic_coercion",))
def no_coercion(case: Case) -> Iterable[Finding]:
    """No economic coercion to subordinate the other's exercise of its sovereign rights to one's own interest."""
    yield from _read(
        case, "3", ~case.facts.truth("economic_coercion"), applies=Truth.YES, yes="There was no economic coercion.",
        no="There was economic coercion.", asks=no_coercion.asks,
    )  # fmt: skip


@article(
    "4", "Action of the Security Council is sought", kind=SETTLE, domain="nuclear",
    asks=("nuclear_aggression", "council_action_sought"),
)  # fmt: skip
def seek_action(case: Case) -> Iterable[Finding]:
    """If the other is the victim, or threatened object, of aggression in which nuclear weapons are used, action of the
    Security Council to assist it is sought at once."""
    facts = case.facts
    yield from _read(
        case, "4", facts.truth("council_action_sought"), applies=facts.truth("nuclear_aggression"), nuclear=True,
        yes="Action of the Council was sought.", no="Action of the Council was not sought.", asks=seek_action.asks,
    )  # fmt: skip


@article(
    "5", "No use of nuclear weapons", kind=PROHIBIT, domain="nuclear",
    asks=("nuclear_weapons_used", "attacked_with_nuclear_ally"),
)  # fmt: skip
def no_nuclear_use(case: Case) -> Iterable[Finding]:
    """Nuclear weapons are not used against the other, a party to the NPT without them, unless it attacks, in
    association or alliance with a nuclear-weapon state."""
    facts = case.facts
    kept = ~(facts.truth("nuclear_weapons_used") & ~facts.truth("attacked_with_nuclear_ally"))
    yield from _read(
        case, "5", kept, applies=Truth.YES, nuclear=True, yes="Nuclear weapons were not used, or the exception holds.",
        no="Nuclear weapons were used, and the exception does not hold.", asks=no_nuclear_use.asks,
    )  # fmt: skip


@article("6", "Consultation", kind=CONSULT, domain="defence", asks=("question_about_commitments", "consulted"))
def consult(case: Case) -> Iterable[Finding]:
    """If a situation raises a question about these commitments, the signatories consult."""
    facts = case.facts
    yield from _read(
        case, "6", facts.truth("consulted"), applies=facts.truth("question_about_commitments"),
        yes="It took part in consultations.", no="It took no part in consultations.", asks=consult.asks,
    )  # fmt: skip


OBLIGATIONS = (borders, no_force, no_coercion, seek_action, no_nuclear_use, consult)
