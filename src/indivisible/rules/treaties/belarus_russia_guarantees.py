"""The treaty of Belarus and Russia on security guarantees within the Union State, 2024.

Rests on reports of the text and on knowledge of it; the numbers of the articles were not seen (confidence medium).
"""

from __future__ import annotations

from collections.abc import Iterable

from indivisible.rules.base import CONSENT, DEFEND, LIMIT, PERMIT, Case, article
from indivisible.rules.conduct import requires
from indivisible.rules.facts import CHOICE, DAY, NAME, TRUTH, Fact, vocabulary
from indivisible.rules.finding import NOT_APPLICABLE, Finding
from indivisible.rules.in_time import YEAR, months_after
from indivisible.rules.parties import ATTACKED, bound, itself, judged, when_owed
from indivisible.values import Truth, iso

KEY = "BLR_RUS_SECURITY_GUARANTEES_2024"
AUTHORITY = "legal"
TERM_YEARS = 10
NUCLEAR, CONVENTIONAL = "nuclear_or_other_mass_destruction", "conventional"
FACTS = vocabulary(
    Fact("attacked", NAME, "State that was attacked."),
    Fact("attacked_is_party", TRUTH, "Whether that state is a party, where it is not named."),
    Fact("armed_attack", TRUTH, "Whether there was an armed attack on it."),
    Fact("help_given", TRUTH, "Whether the other party gave help."),
    Fact(
        "nuclear_weapons_used_in_answer", TRUTH, "Whether nuclear weapons were used, or their use ordered, in answer."
    ),
    Fact("attack_with", CHOICE, "Weapons of the attack.", choices=(NUCLEAR, CONVENTIONAL)),
    Fact("critical_threat", TRUTH, "Whether the attack is a critical threat to sovereignty or territory."),
    Fact("forces_placed", TRUTH, "Whether forces or facilities of one party were placed on the other's territory."),
    Fact("host_agreed", TRUTH, "Whether the other party agreed to that."),
    Fact("term_began_on", DAY, "Day on which the term of the treaty began."),
    Fact("left_on", DAY, "Day from which a party holds itself no longer bound."),
)


@article(
    "mutual defence", "An attack on one is an attack on the Union State", kind=DEFEND, domain="defence",
    confidence="medium", asks=("attacked", "armed_attack", "help_given"),
)  # fmt: skip
def defend(case: Case) -> Iterable[Finding]:
    """An armed attack on one party is held to be aggression against the Union State; the other answers by all means."""
    owed = bound(case, KEY, "attacked", told="attacked_is_party") & case.facts.truth("armed_attack")
    if owed is Truth.NO or itself(case, "attacked"):
        told = ATTACKED if itself(case, "attacked") else "There was no armed attack on a party."
        yield Finding("mutual defence", NOT_APPLICABLE, told)
        return
    yield judged(
        "mutual defence", when_owed(owed, case.facts.truth("help_given")), kept="Help was given.",
        broken="Help was owed, and not given.", facts=case.facts, asked=defend.asks, remedy="give help",
    )  # fmt: skip


@article(
    "nuclear weapons", "When nuclear weapons come into play", kind=LIMIT, domain="nuclear", confidence="medium",
    asks=("nuclear_weapons_used_in_answer", "armed_attack", "attack_with", "critical_threat"),
)  # fmt: skip
def nuclear(case: Case) -> Iterable[Finding]:
    """Nuclear weapons may be used in answer to nuclear weapons or others of mass destruction, and to an attack with
    conventional means that critically threatens the sovereignty or territory of a party."""
    facts = case.facts
    if facts.truth("nuclear_weapons_used_in_answer") is Truth.NO:
        yield Finding("nuclear weapons", NOT_APPLICABLE, "Nuclear weapons did not come into play.")
        return
    by = facts.text("attack_with")
    allowed = facts.truth("armed_attack")
    if by == CONVENTIONAL:
        allowed = allowed & facts.truth("critical_threat")
    elif by is None:
        allowed = allowed & (facts.truth("critical_threat") | Truth.UNKNOWN)
    elif by != NUCLEAR:
        raise ValueError(by)
    yield judged(
        "nuclear weapons", when_owed(facts.truth("nuclear_weapons_used_in_answer"), allowed),
        kept="The condition of the text is met.", broken="The condition of the text is not met.", facts=facts,
        asked=nuclear.asks,
    )  # fmt: skip


@article(
    "forces", "Forces and facilities by agreement", kind=CONSENT, domain="defence", confidence="medium",
    asks=("forces_placed", "host_agreed"),
)  # fmt: skip
def forces(case: Case) -> Iterable[Finding]:
    """Forces and military facilities of one party may be placed on the territory of the other by agreement."""
    yield requires(case, "forces", "host_agreed", where=case.facts.truth("forces_placed"))


@article(
    "term", "Ten years, renewed", kind=PERMIT, domain="defence", confidence="medium", asks=("term_began_on", "left_on")
)
def term(case: Case) -> Iterable[Finding]:
    """The treaty runs for ten years and is renewed by itself for as long again, unless a party ends it."""
    began, left = case.facts.day("term_began_on"), case.facts.day("left_on")
    if began is None or left is None:
        yield judged("term", Truth.UNKNOWN, kept="", broken="", facts=case.facts, asked=term.asks)
        return
    end = months_after(began, TERM_YEARS * YEAR)
    truth = Truth.YES if left >= end else Truth.NO
    told = f"The term that began on {iso(began)} ends on {iso(end)}; left on {iso(left)}."
    yield judged("term", truth, kept=told, broken=told, facts=case.facts, remedy=f"stay bound until {iso(end)}")


OBLIGATIONS = (defend, nuclear, forces, term)
