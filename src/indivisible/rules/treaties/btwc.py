"""The Biological and Toxin Weapons Convention, 1972: what agents are for, consultation, complaint, annual returns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from indivisible.rules.base import CONSULT, DECLARE, DEFEND, PERMIT, PROHIBIT, SETTLE, Case, Obligation, article
from indivisible.rules.conduct import DONE, done_by, forbids, requires
from indivisible.rules.facts import CHOICE, DAY, NAMES, NUMBER, TRUTH, Fact, reaches, said, vocabulary
from indivisible.rules.finding import BROKEN, KEPT, NOT_APPLICABLE, UNKNOWN, Finding
from indivisible.rules.in_time import months_after
from indivisible.rules.withdrawal import TOLD_FACTS, TOLD_NAMES, notice
from indivisible.values import Truth, day_of, iso

KEY = "BTWC_1972"
AUTHORITY = "legal"
LIFE = "biological"

DESTRUCTION_MONTHS = 9
MONTHS_OF_NOTICE = 3
COUNCIL_VOTES = 9
RETURN_MONTH, RETURN_DAY = 4, 15

FACTS = vocabulary(
    Fact("holds_agents", TRUTH, "Whether it develops, produces, stockpiles, acquires or retains biological agents or "
         "toxins."),
    Fact("justified", TRUTH, "Whether types and quantities are justified by prophylactic, protective or other peaceful "
         "purposes."),
    Fact("holds_weapons", TRUTH, "Whether it has weapons, equipment or means of delivery for hostile use of them."),
    Fact("in_force_for_it_on", DAY, "Day on which the convention came into force for the state."),
    Fact("destroyed_on", DAY, "Day on which the last of what is forbidden was destroyed or diverted to peaceful use."),
    Fact("destroyed", TRUTH, "Whether all of it was destroyed or diverted."),
    Fact("transfers", TRUTH, "Whether it transfers what is forbidden to anybody, or helps anybody to acquire it."),
    Fact("national_measures", TRUTH, "Whether it has taken measures to forbid and prevent this within its territory."),
    Fact("consultation_asked", TRUTH, "Whether another party asked for consultation on a problem of the convention."),
    Fact("consults", TRUTH, "Whether it consults and co-operates in solving it."),
    Fact("complains", TRUTH, "Whether it lodges a complaint of a breach by another party."),
    Fact("lodged_with", CHOICE, "With whom.", choices=("security_council", "other")),
    Fact("evidence_included", TRUTH, "Whether the complaint includes all possible evidence."),
    Fact("consideration_requested", TRUTH, "Whether it asks that the Council consider it."),
    Fact("votes_for", NUMBER, "Votes in the Council for an investigation."),
    Fact("permanent_against", TRUTH, "Whether a permanent member voted against it."),
    Fact("cooperates", TRUTH, "Whether the state co-operates in the investigation."),
    Fact("danger_decided", TRUTH, "Whether the Council decided that a party has been exposed to danger by a breach."),
    Fact("assistance_asked", TRUTH, "Whether that party asked for assistance."),
    Fact("assists_victim", TRUTH, "Whether the state provides or supports the assistance."),
    Fact("party_of_1925", TRUTH, "Whether it is a party to the Geneva Protocol of 1925."),
    Fact("limits_protocol", TRUTH, "Whether it reads the convention as limiting what it owes under that Protocol."),
    Fact("hampers_peaceful_use", TRUTH, "Whether it hampers peaceful use and co-operation of other parties."),
    Fact("returned_on", DAY, "Day of the confidence-building return of that calendar year."),
    Fact("returned", TRUTH, "Whether it was made."),
    Fact("forms", NAMES, "Forms that the return contains, such as A1, A2, B."),
    Fact("holds_it_ended", TRUTH, "Whether it holds itself free of the convention without a withdrawal, as if it had "
         "lapsed or been for a time."),
    *TOLD_FACTS,
)  # fmt: skip


@article("I", "General purpose criterion", kind=PROHIBIT, domain=LIFE,
         asks=("holds_agents", "justified", "holds_weapons"))  # fmt: skip
def purpose(case: Case) -> Iterator[Finding]:
    """Never to develop, produce, stockpile, acquire or retain biological agents or toxins of types and in quantities
    that have no justification for prophylactic, protective or other peaceful purposes, nor weapons and means of
    delivery made for their hostile use. It is the purpose that counts, not a list."""
    yield forbids(case, "I(1)", "holds_agents", unless=case.facts.truth("justified"),
                  remedy="destroy them or divert them to peaceful purposes")  # fmt: skip
    yield forbids(case, "I(2)", "holds_weapons", remedy="destroy them")


@article("II", "Destruction within nine months", kind=DECLARE, domain=LIFE,
         asks=("in_force_for_it_on", "destroyed_on", "destroyed"))  # fmt: skip
def destruction(case: Case) -> Iterator[Finding]:
    """All that Article I forbids is destroyed or diverted to peaceful purposes within nine months of the entry into
    force."""
    first = case.facts.day("in_force_for_it_on")
    last = None if first is None else months_after(first, DESTRUCTION_MONTHS)
    yield done_by(case, "II", "destruction", last, case.facts.day("destroyed_on"), done=case.facts.truth("destroyed"))


@article("III", "No transfer, no help", kind=PROHIBIT, domain=LIFE, asks=("transfers",))
def transfer(case: Case) -> Iterator[Finding]:
    """What Article I forbids is transferred to nobody, and nobody is helped to make or acquire it."""
    yield forbids(case, "III", "transfers")


@article("IV", "National measures", kind=DECLARE, domain=LIFE, asks=("national_measures",))
def measures(case: Case) -> Iterator[Finding]:
    """Each party takes the measures needed to forbid and prevent this within its territory and jurisdiction."""
    yield requires(case, "IV", "national_measures")


@article("V", "Consultation", kind=CONSULT, domain=LIFE, asks=("consultation_asked", "consults"))
def consultation(case: Case) -> Iterator[Finding]:
    """The parties consult one another and co-operate in solving problems of the convention; since 1986 also in a formal
    meeting that any party may ask for (held 1997 and 2022)."""
    yield requires(case, "V", "consults", where=case.facts.truth("consultation_asked"),
                   when="a request for consultation")  # fmt: skip


@article("VI(1)", "Complaint to the Security Council", kind=PERMIT, domain=LIFE,
         asks=("complains", "lodged_with", "evidence_included", "consideration_requested"))  # fmt: skip
def complaint(case: Case) -> Iterator[Finding]:
    """A party that finds a breach by another may lodge a complaint with the Security Council. It should include all
    possible evidence and a request that the Council consider it. The right does not depend on what the Council
    decides."""
    where = case.facts.text("lodged_with")
    complains = case.facts.truth("complains")
    if complains is Truth.YES and where == "other":
        yield Finding("VI(1)", BROKEN, "The complaint of this article goes to the Security Council.",
                      remedy="lodge it with the Security Council")  # fmt: skip
        return
    found = requires(case, "VI(1)", "evidence_included", "consideration_requested", where=complains,
                     when="a complaint")  # fmt: skip
    if found.verdict == KEPT and where is None:
        found = Finding("VI(1)", UNKNOWN, "With whom the complaint was lodged is not given.")
    yield found


def _initiated(case: Case) -> Truth:
    """Whether the Council decided on an investigation: nine votes for it, and no permanent member against."""
    enough = reaches(case.facts.number("votes_for"), COUNCIL_VOTES)
    return enough & ~case.facts.truth("permanent_against")


@article("VI investigation", "Whether the Council investigates", kind=SETTLE, domain=LIFE,
         asks=("votes_for", "permanent_against"))  # fmt: skip
def investigation(case: Case) -> Iterator[Finding]:
    """The Council may initiate an investigation on a complaint. It decides as on any matter that is not procedural:
    nine affirmative votes, and no permanent member against (Charter, Article 27(3))."""
    votes = case.facts.number("votes_for")
    against = DONE[case.facts.truth("permanent_against")]
    told = f"Votes for: {said(votes)}, {COUNCIL_VOTES} needed; a permanent member against: {against}."
    found = _initiated(case)
    margin = None if votes is None or votes.low != votes.high else votes.low - COUNCIL_VOTES
    verdict = {Truth.YES: KEPT, Truth.NO: NOT_APPLICABLE, Truth.UNKNOWN: UNKNOWN}[found]
    told = f"{'There is none. ' if found is Truth.NO else ''}{told}"
    yield Finding("VI investigation", verdict, told, limit=COUNCIL_VOTES, value=votes, unit="votes",
                  margin=margin)  # fmt: skip


@article("VI(2)", "Co-operation in an investigation", kind=SETTLE, domain=LIFE,
         asks=("votes_for", "permanent_against", "cooperates"))  # fmt: skip
def cooperation(case: Case) -> Iterator[Finding]:
    """Each party co-operates in an investigation that the Council initiates; where it initiates none, nothing is
    due."""
    yield requires(case, "VI(2)", "cooperates", where=_initiated(case),
                   when="an investigation by the Council")  # fmt: skip


@article("VII", "Assistance to a party exposed to danger", kind=DEFEND, domain=LIFE,
         asks=("danger_decided", "assistance_asked", "assists_victim"))  # fmt: skip
def assistance(case: Case) -> Iterator[Finding]:
    """If the Council decides that a party has been exposed to danger by a breach, the others provide or support
    assistance if it asks for it."""
    where = case.facts.truth("danger_decided") & case.facts.truth("assistance_asked")
    yield requires(case, "VII", "assists_victim", where=where,
                   when="a finding of danger by the Council, and a request")  # fmt: skip


@article("VIII", "The Geneva Protocol stands", kind=SETTLE, domain=LIFE, confidence="medium",
         asks=("party_of_1925", "limits_protocol"))  # fmt: skip
def protocol(case: Case) -> Iterator[Finding]:
    """Nothing in the convention limits or lessens what a party owes under the Geneva Protocol of 1925 against the use
    of gas and of bacteriological means. (From knowledge of the text, not re-seen.)"""
    yield forbids(case, "VIII", "limits_protocol", unless=~case.facts.truth("party_of_1925"),
                  remedy="keep both")  # fmt: skip


@article("X", "Peaceful use", kind=SETTLE, domain=LIFE, asks=("hampers_peaceful_use",))
def peaceful_use(case: Case) -> Iterator[Finding]:
    """The convention is carried out so that it does not hamper the economic and technological development of the
    parties nor their peaceful co-operation."""
    yield forbids(case, "X", "hampers_peaceful_use")


@article("XIII(1)", "Unlimited duration", kind=SETTLE, domain=LIFE, confidence="medium", asks=("holds_it_ended",))
def duration(case: Case) -> Iterator[Finding]:
    """The convention is of unlimited duration: a party is free of it only by a withdrawal. (From knowledge of the text,
    not re-seen.)"""
    yield forbids(case, "XIII(1)", "holds_it_ended", remedy="keep it, or withdraw under XIII(2)")


@article("XIII(2)", "Withdrawal", kind=SETTLE, domain=LIFE, asks=TOLD_NAMES)
def leaves(case: Case) -> Iterator[Finding]:
    """A party may withdraw if extraordinary events have jeopardised its
    supreme interests, three months after a notice that states them, to all other parties and the Security Council."""
    yield from notice(case, "XIII(2)", MONTHS_OF_NOTICE, told=True)


@lru_cache(maxsize=1)
def forms() -> tuple[Mapping[str, str], ...]:
    """The forms of the annual return, with the time in which each was asked for."""
    with (Path(__file__).parent / "btwc_forms.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@article("CBM", "Annual confidence-building return", kind=DECLARE, domain=LIFE, authority="political",
         asks=("returned_on", "returned", "forms"))  # fmt: skip
def confidence(case: Case) -> Iterator[Finding]:
    """By 15 April of each year every party makes a return on forms A1, A2, B, C, E, F and G (D was deleted in 2011), as
    the Review Conferences agreed: a political commitment, not a duty of the convention."""
    due = date(date.fromordinal(case.day).year, RETURN_MONTH, RETURN_DAY).toordinal()
    yield done_by(case, "CBM date", "the return", due, case.facts.day("returned_on"), done=case.facts.truth("returned"))
    given = case.facts.names("forms")
    wanted = [row["form"] for row in forms() if day_of(row["from"]) <= case.day
              and (not row["to"] or case.day < day_of(row["to"]))]  # fmt: skip
    if given is None or not wanted:
        told = (
            "Which forms the return contains is not given." if wanted else f"On {iso(case.day)} no forms were agreed."
        )
        yield Finding("CBM forms", UNKNOWN if wanted else NOT_APPLICABLE, told)
        return
    missing = [form for form in wanted if form not in given]
    told = f"Agreed forms: {', '.join(wanted)}; missing: {', '.join(missing) or 'none'}."
    yield Finding("CBM forms", BROKEN if missing else KEPT, told,
                  remedy=f"add {', '.join(missing)}" if missing else "")  # fmt: skip


OBLIGATIONS: tuple[Obligation, ...] = (
    purpose, destruction, transfer, measures, consultation, complaint, investigation, cooperation, assistance,
    protocol, peaceful_use, duration, leaves, confidence,
)  # fmt: skip
