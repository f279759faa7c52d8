"""The treaty on the non-proliferation of nuclear weapons, 1968: two kinds of States, and what each of them owes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indivisible.rules.base import DECLARE, NOTIFY, PROHIBIT, SETTLE, Case, Obligation, article
from indivisible.rules.conduct import done_by, forbids, requires
from indivisible.rules.facts import DAY, TRUTH, Fact, Facts, vocabulary
from indivisible.rules.finding import BROKEN, CONDITION, KEPT, NOT_APPLICABLE, UNKNOWN, Finding
from indivisible.rules.in_time import leaving, months_after
from indivisible.rules.treaties.npt_status import (
    BEFORE,
    NON_NUCLEAR,
    NUCLEAR,
    first_explosion,
    is_not_nuclear,
    is_nuclear,
    nuclear_weapon_state,
    year_is_sure,
)
from indivisible.rules.withdrawal import TOLD_FACTS, TOLD_NAMES, notice
from indivisible.values import Truth, iso

KEY = "NPT_1968"
AUTHORITY = "legal"
ATOM = "nuclear"

SAFEGUARDS_TALKS_DAYS, SAFEGUARDS_MONTHS = 180, 18
MONTHS_OF_NOTICE = 3
STATUS = ("first_explosion", "never_exploded")
CONDUCT, RESULT = "a duty to negotiate", "a duty to negotiate and to conclude"
NEW_NOTICE, RESUMED_NOTICE = "a new notice is due", "a suspended notice may be resumed"

FACTS = vocabulary(
    Fact("first_explosion", DAY, "Day of the state's first nuclear explosion, for a case that names no state."),
    Fact("never_exploded", TRUTH, "Whether the state never exploded a nuclear device, for a case that names no state."),
    Fact("transfers", TRUTH, "Whether it transfers nuclear weapons or control over them to anybody."),
    Fact("assists", TRUTH, "Whether it helps a non-nuclear-weapon State to make or acquire nuclear weapons."),
    Fact("receives", TRUTH, "Whether it receives nuclear weapons or control over them from anybody."),
    Fact("manufactures", TRUTH, "Whether it manufactures or otherwise acquires nuclear weapons or explosive devices."),
    Fact("seeks_help", TRUTH, "Whether it seeks or receives help in manufacturing them."),
    Fact("party_since", DAY, "Day on which it became a party, or deposited its instrument."),
    Fact("original_party", TRUTH, "Whether it was a party when the treaty entered into force."),
    Fact("safeguards_in_force_on", DAY, "Day on which its safeguards agreement came into force."),
    Fact("safeguards_in_force", TRUTH, "Whether a safeguards agreement is in force for it."),
    Fact("safeguards_talks_on", DAY, "Day on which negotiations of a safeguards agreement began."),
    Fact("exports_without_safeguards", TRUTH, "Whether it provides fissionable material or equipment for it to a "
         "non-nuclear-weapon State without safeguards."),
    Fact("negotiates", TRUTH, "Whether it pursues negotiations on disarmament in good faith."),
    Fact("concluded", TRUTH, "Whether those negotiations have been brought to a conclusion."),
    Fact("earlier_notice_on", DAY, "Day of an earlier notice of withdrawal that was suspended."),
    Fact("earlier_suspended_on", DAY, "Day on which that earlier notice was suspended."),
    *TOLD_FACTS,
)  # fmt: skip


@article("IX(3)", "Who is a nuclear-weapon State", kind=CONDITION, domain=ATOM)
def status(case: Case) -> Iterator[Finding]:
    """A nuclear-weapon State is one that manufactured and exploded a nuclear device before 1 January 1967; every
    other party is a non-nuclear-weapon State, whatever it possesses. Met by the first, not met by the second; there
    is nothing to keep."""
    found, day = nuclear_weapon_state(case), first_explosion(case)
    told = "on record is none before that day" if day is None else f"its first was on {iso(day)}"
    sure = not case.state or day is None or year_is_sure(case.state)
    if found is Truth.UNKNOWN:
        yield Finding("IX(3)", UNKNOWN, f"Whether it exploded a nuclear device before {BEFORE} is not given.")
        return
    met, group = (KEPT, NUCLEAR) if found is Truth.YES else (BROKEN, NON_NUCLEAR)
    yield Finding("IX(3)", met, f"Counts among the {group}: the day is {BEFORE}, and {told}.", group=group,
                  confidence="high" if sure else "medium")  # fmt: skip


def _only_for(case: Case, whom: Truth, found: Finding) -> Finding:
    """A finding that holds for one kind of States only."""
    if whom is Truth.NO:
        return Finding(found.article, NOT_APPLICABLE, "The article is addressed to the other kind of States.")
    if whom is Truth.UNKNOWN:
        return Finding(found.article, UNKNOWN, "Which kind of State it is, is not given.")
    return found


@article("I", "No transfer, no help", kind=PROHIBIT, domain=ATOM, whom=is_nuclear,
         asks=("transfers", "assists", *STATUS))  # fmt: skip
def no_transfer(case: Case) -> Iterator[Finding]:
    """A nuclear-weapon State transfers nuclear weapons or control over them to nobody, and helps no non-nuclear-weapon
    State to get them."""
    yield _only_for(case, nuclear_weapon_state(case), forbids(case, "I", "transfers", "assists"))


@article("II", "No receiving, no making", kind=PROHIBIT, domain=ATOM,
         whom=is_not_nuclear, asks=("receives", "manufactures", "seeks_help", *STATUS))  # fmt: skip
def no_acquisition(case: Case) -> Iterator[Finding]:
    """A non-nuclear-weapon State receives no nuclear weapons nor control over them, makes or acquires none, and neither
    seeks nor receives help in making them."""
    found = forbids(case, "II", "receives", "manufactures", "seeks_help", remedy="give them up, verifiably")
    yield _only_for(case, ~nuclear_weapon_state(case), found)


@article("III(1)", "Safeguards on all its material", kind=DECLARE, domain=ATOM, whom=is_not_nuclear,
         asks=("safeguards_in_force", *STATUS))  # fmt: skip
def safeguards(case: Case) -> Iterator[Finding]:
    """A non-nuclear-weapon State accepts safeguards, set forth in an agreement with the Agency, on all its fissionable
    material."""
    found = requires(case, "III(1)", "safeguards_in_force", remedy="conclude a safeguards agreement")
    yield _only_for(case, ~nuclear_weapon_state(case), found)


@article("III(2)", "No export without safeguards", kind=PROHIBIT, domain=ATOM, asks=("exports_without_safeguards",))
def exports(case: Case) -> Iterator[Finding]:
    """No party provides fissionable material, or equipment made for it, to a non-nuclear-weapon State unless it is
    under safeguards."""
    yield forbids(case, "III(2)", "exports_without_safeguards")


@article("III(4)", "When the safeguards agreement is due", kind=NOTIFY, domain=ATOM, confidence="medium",
         whom=is_not_nuclear, asks=("party_since", "original_party", "safeguards_talks_on",
                                    "safeguards_in_force_on"))  # fmt: skip
def safeguards_due(case: Case) -> Iterator[Finding]:
    """Talks on the agreement begin within 180 days of the treaty's entry into force; for a State that joins later, by
    the day of its deposit. It enters into force within 18 months of their beginning. (From knowledge of the text, not
    re-seen.)"""
    facts = case.facts
    joined, talks, original = facts.day("party_since"), facts.day("safeguards_talks_on"), facts.truth("original_party")
    first = None if original is Truth.UNKNOWN else joined
    if first is not None and original is Truth.YES:
        first += SAFEGUARDS_TALKS_DAYS
    begun = done_by(case, "III(4) talks", "the beginning of talks", first, talks)
    yield _only_for(case, ~nuclear_weapon_state(case), begun)
    last = None if talks is None else months_after(talks, SAFEGUARDS_MONTHS)
    entry = done_by(case, "III(4) agreement", "the agreement", last, facts.day("safeguards_in_force_on"))
    yield _only_for(case, ~nuclear_weapon_state(case), entry)


@article("VI", "Negotiations on disarmament", kind=SETTLE, domain=ATOM, asks=("negotiates", "concluded"))
def disarmament(case: Case) -> Iterator[Finding]:
    """Every party pursues negotiations in good faith on ending the nuclear arms race and on nuclear disarmament. Read
    by the nuclear-weapon States as a duty of conduct; by the International Court of Justice in 1996 (advisory), and
    many others, as a duty also to bring them to a conclusion."""
    conduct = requires(case, "VI", "negotiates", remedy="enter negotiations")
    yield replace(conduct, reading=CONDUCT)
    yield replace(requires(case, "VI", "negotiates", "concluded", remedy="conclude the negotiations"), reading=RESULT,
                  confidence="medium")  # fmt: skip


@article("X(1)", "Withdrawal", kind=SETTLE, domain=ATOM,
         asks=(*TOLD_NAMES, "earlier_notice_on", "earlier_suspended_on"))  # fmt: skip
def leaves(case: Case) -> Iterator[Finding]:
    """A party may withdraw if extraordinary events have jeopardised its supreme interests, three months after a notice
    to all parties and to the Security Council that states them. Whether a notice that was suspended may be resumed for
    the rest of its term, the text does not say: both readings are answered."""
    found = list(notice(case, "X(1)", MONTHS_OF_NOTICE, told=True))
    if case.facts.day("earlier_notice_on") is None:
        yield from found
        return
    for one in found:
        yield replace(one, reading=NEW_NOTICE) if one.article == "X(1)" else one
    yield _resumed(case)


def _resumed(case: Case) -> Finding:
    """As if the earlier notice ran on from the day on which it was taken up again, for the days that were left of
    it."""
    facts = case.facts
    first, halted = facts.day("earlier_notice_on"), facts.day("earlier_suspended_on")
    again = facts.day("notified_on")
    found = Finding("X(1)", UNKNOWN, "", reading=RESUMED_NOTICE, confidence="medium")
    if first is None or halted is None or again is None:
        return replace(found, because="When the earlier notice was suspended, or taken up again, is not given.")
    rest = months_after(first, MONTHS_OF_NOTICE) - halted
    earlier = Facts(facts.known, {**facts.values, "notified_on": first}, facts.where)
    left = facts.day("left_on")
    if left is None:
        return replace(
            found, because=f"The earlier notice had this many days left: {rest}; when the state left is not given."
        )
    shifted = Facts(facts.known, {**earlier.values, "left_on": left - (again - halted)}, facts.where)
    counted = leaving("X(1)", shifted, MONTHS_OF_NOTICE)
    told = (
        f"Of the notice of {iso(first)} the days left were {rest}; from {iso(again)} they end on {iso(again + rest)}."
    )
    return replace(counted, because=told, reading=RESUMED_NOTICE, confidence="medium", notice="",
                   remedy=f"stay bound until {iso(again + rest)}" if counted.remedy else "")  # fmt: skip


OBLIGATIONS: tuple[Obligation, ...] = (
    status, no_transfer, no_acquisition, safeguards, exports, safeguards_due, disarmament, leaves,
)  # fmt: skip
