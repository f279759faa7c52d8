"""The North Atlantic Treaty, 1949: consultation, an attack on one, the area in which that holds, accession, leaving."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indivisible.rules.base import CONSENT, CONSULT, DEFEND, NOTIFY, PERMIT, PROHIBIT, Case, article
from indivisible.rules.conduct import forbids, requires
from indivisible.rules.facts import CHOICE, DAY, NAME, NUMBER, TRUTH, Fact, reaches, vocabulary
from indivisible.rules.finding import BROKEN, CONDITION, NOT_APPLICABLE, Finding
from indivisible.rules.in_time import LEAVING, LEAVING_ASKS, YEAR, at_once, leaving
from indivisible.rules.parties import ATTACKED, bound, itself, judged, when_owed
from indivisible.values import Truth, day_of

KEY = "WASHINGTON_TREATY_1949"
AUTHORITY = "legal"
TROPIC_OF_CANCER = 23.44  # degrees north; its place moves by some metres a year
TURKEY_SINCE = day_of("1952-02-15")  # the protocol on Greece and Turkey, which rewrote Article 6
ALGERIA_UNTIL = day_of("1962-07-03")  # from this day, the Council noted in 1963, the words on Algeria do not apply
MAY_LEAVE_FROM = day_of("1969-08-24")  # twenty years in force
WITHIN, TURKEY, ALGERIA, ATLANTIC, SEA, ELSEWHERE = (
    "europe_or_north_america", "turkey", "algerian_departments", "north_atlantic_area", "mediterranean", "elsewhere",
)  # fmt: skip
TERRITORY, ISLAND, FORCES = "territory", "island", "forces_vessels_or_aircraft"
FACTS = vocabulary(
    Fact("consultation_asked", TRUTH, "Whether a party that holds itself threatened asked for consultations."),
    Fact("consulted", TRUTH, "Whether the parties consulted."),
    Fact("attacked", NAME, "State that was attacked."),
    Fact("attacked_is_party", TRUTH, "Whether that state is a party, where it is not named."),
    Fact("armed_attack", TRUTH, "Whether there was an armed attack on it."),
    Fact("place", CHOICE, "Where the attack was.", choices=(WITHIN, TURKEY, ALGERIA, ATLANTIC, SEA, ELSEWHERE)),
    Fact("attack_on", CHOICE, "What was attacked.", choices=(TERRITORY, ISLAND, FORCES)),
    Fact("latitude", NUMBER, "Degrees north of the equator; 0 for places south of it.", unit="degrees"),
    Fact("does_what_it_deems_necessary", TRUTH, "Whether the state does what it itself deems necessary."),
    Fact("takes_action", TRUTH, "Whether it takes any action to help."),
    Fact("measures_on", DAY, "Day on which measures began."),
    Fact("council_told", TRUTH, "Whether the UN Security Council was told of attack and measures."),
    Fact("council_told_on", DAY, "Day on which it was told."),
    Fact("council_restored_peace", TRUTH, "Whether the Council has taken what is needed to restore peace."),
    Fact("measures_go_on", TRUTH, "Whether the measures go on."),
    Fact("state_invited", TRUTH, "Whether a state was invited to accede."),
    Fact("invited_is_european", TRUTH, "Whether it is a European state."),
    Fact("objections", NUMBER, "Parties that did not agree to the invitation."),
    Fact("can_contribute", TRUTH, "Whether it can further the aims of the Treaty and the security of the area."),
    Fact("conflicting_engagement", TRUTH, "Whether the party entered into an engagement in conflict with the Treaty."),
    *LEAVING,
)
AREA_ASKS = ("place", "attack_on", "latitude")


@article(
    "4",
    "Consultation when a party feels threatened",
    kind=CONSULT,
    domain="defence",
    asks=("consultation_asked", "consulted"),
)
def consult(case: Case) -> Iterable[Finding]:
    """The parties consult whenever, in the opinion of any of them, the territory, independence or security of one is
    threatened. Opinion is enough: nobody examines it."""
    where = case.facts.truth("consultation_asked")
    yield requires(case, "4", "consulted", remedy="consult", where=where)


def within_area(case: Case) -> Truth:
    """Whether an attack was in the area of Article 6; unknown where its place or its latitude is."""
    place, what = case.facts.text("place"), case.facts.text("attack_on")
    if place is None:
        return Truth.UNKNOWN
    if place == WITHIN:
        return Truth.YES
    if place == TURKEY:
        return _if(case.day >= TURKEY_SINCE)
    if place == ALGERIA:
        return _if(case.day < ALGERIA_UNTIL)
    if place == ELSEWHERE:
        return Truth.NO
    if place == SEA:
        return {FORCES: Truth.YES, TERRITORY: Truth.UNKNOWN, ISLAND: Truth.UNKNOWN, None: Truth.UNKNOWN}[what]
    if place == ATLANTIC:
        return reaches(case.facts.number("latitude"), TROPIC_OF_CANCER, above=True)
    raise ValueError(place)


def _if(condition: bool) -> Truth:
    return Truth.YES if condition else Truth.NO


@article(
    "5", "An attack on one is an attack on all", kind=DEFEND, domain="defence", confidence="medium",
    asks=("attacked", "armed_attack", *AREA_ASKS, "does_what_it_deems_necessary", "takes_action"),
)  # fmt: skip
def defend(case: Case) -> Iterable[Finding]:
    """An armed attack on one in the area is held to be one on all; each helps at once with such action as it deems
    necessary, armed force included, to restore the security of the area. Read as left to each, or as
    owing some action."""
    facts = case.facts
    owed = bound(case, KEY, "attacked", told="attacked_is_party") & facts.truth("armed_attack") & within_area(case)
    own = facts.truth("does_what_it_deems_necessary")
    met = {"each judges for itself": own, "some action is owed": own & facts.truth("takes_action")}
    for reading, truth in met.items():
        if owed is Truth.NO or itself(case, "attacked"):
            told = "There was no armed attack on a party in the area of Article 6."
            told = ATTACKED if itself(case, "attacked") else told
            yield Finding("5", NOT_APPLICABLE, told, reading=reading)
            continue
        yield judged(
            "5", when_owed(owed, truth), kept="The state does what the article asks, so read.",
            broken="The state does not do what the article asks, so read.", facts=facts, asked=defend.asks,
            reading=reading, remedy="take the action that is needed to restore security",
        )  # fmt: skip


@article(
    "5 report", "The Security Council is told at once", kind=NOTIFY, domain="defence",
    asks=("measures_on", "council_told", "council_told_on"), source="Article 5, second paragraph",
)  # fmt: skip
def report(case: Case) -> Iterable[Finding]:
    """An armed attack and all measures taken are reported to the Security Council at once. No number of days."""
    facts = case.facts
    yield at_once(
        "5 report", "the Security Council was told", facts.day("measures_on"), facts.truth("council_told"),
        facts.day("council_told_on"),
    )  # fmt: skip


@article(
    "5 end", "Measures end when the Council has restored peace", kind=PROHIBIT, domain="defence",
    asks=("council_restored_peace", "measures_go_on"), source="Article 5, second paragraph",
)  # fmt: skip
def measures_end(case: Case) -> Iterable[Finding]:
    """Measures end when the Security Council has taken what is needed to restore and keep peace."""
    facts = case.facts
    if facts.truth("council_restored_peace") is Truth.NO:
        yield Finding("5 end", NOT_APPLICABLE, "The Council has not taken what is needed.")
        return
    yield judged(
        "5 end", when_owed(facts.truth("council_restored_peace"), ~facts.truth("measures_go_on")),
        kept="The measures have ended.",
        broken="The measures go on.", facts=facts, asked=measures_end.asks, remedy="end the measures",
    )  # fmt: skip


@article(
    "6", "The area in which an attack counts", kind=CONDITION, domain="defence", confidence="medium", asks=AREA_ASKS
)
def area(case: Case) -> Iterable[Finding]:
    """Territory of a party in Europe or North America, of Turkey, until 1962 the Algerian departments of France;
    islands of a party in the North Atlantic area north of the Tropic of Cancer; forces, vessels and aircraft in or
    over these, that area or the Mediterranean."""
    found = judged(
        "6", within_area(case), kept="In the area of the Treaty.", broken="Outside the area of the Treaty.",
        facts=case.facts, asked=AREA_ASKS,
    )  # fmt: skip
    if case.facts.text("place") == ATLANTIC:
        found = replace(found, limit=TROPIC_OF_CANCER, value=case.facts.number("latitude"), unit="degrees north")
    yield found


@article("8", "No conflicting engagements", kind=PROHIBIT, domain="defence", asks=("conflicting_engagement",))
def compatible(case: Case) -> Iterable[Finding]:
    """No engagement now in force conflicts with the Treaty, and parties enter into none."""
    yield forbids(case, "8", "conflicting_engagement")


@article(
    "10", "A European state, invited by all", kind=CONSENT, domain="defence",
    asks=("state_invited", "invited_is_european", "objections", "can_contribute"),
)  # fmt: skip
def accession(case: Case) -> Iterable[Finding]:
    """By unanimous agreement the parties may invite another European state that can further the aims and the security
    of the area. It is an invitation of the parties, and no right of the state."""
    facts = case.facts
    if facts.truth("state_invited") is Truth.NO:
        yield Finding("10", NOT_APPLICABLE, "No state was invited.")
        return
    unanimous = ~reaches(facts.number("objections"), 0, above=True)
    met = facts.truth("invited_is_european") & unanimous & facts.truth("can_contribute")
    yield judged(
        "10", when_owed(facts.truth("state_invited"), met),
        kept="A European state, invited by all, that can contribute.",
        broken="A condition of the invitation is not met.", facts=facts, asked=accession.asks,
        remedy="agreement of all parties",
    )  # fmt: skip


@article("13", "A year's notice of leaving", kind=PERMIT, domain="defence", asks=LEAVING_ASKS)
def leave(case: Case) -> Iterable[Finding]:
    """After twenty years in force a party may leave, one year after it gave notice to the United States."""
    left = case.facts.day("left_on")
    if left is not None and left < MAY_LEAVE_FROM:
        yield Finding("13", BROKEN, "Nobody could leave before the Treaty had been in force for twenty years.")
        return
    yield leaving("13", case.facts, YEAR)


OBLIGATIONS = (consult, defend, report, measures_end, area, compatible, accession, leave)
