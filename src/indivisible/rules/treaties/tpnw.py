"""The Treaty on the Prohibition of Nuclear Weapons, 2017: what its parties, and only they, may not do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indivisible.rules.base import DECLARE, PROHIBIT, SETTLE, Case, Obligation, article
from indivisible.rules.conduct import done_by, due_where, forbids, requires
from indivisible.rules.facts import DAY, NUMBER, TRUTH, Fact, vocabulary
from indivisible.rules.finding import BROKEN, CONDITION, KEPT, UNKNOWN, Finding, ceiling
from indivisible.rules.in_time import LEAVING, LEAVING_ASKS, YEAR, months_after
from indivisible.rules.withdrawal import notice
from indivisible.values import Truth, iso

KEY = "TPNW_2017"
AUTHORITY = "legal"
ATOM = "nuclear"

DAYS_AFTER_FIFTIETH, DAYS_AFTER_OWN = 90, 90
DECLARATION_DAYS = 30
MONTHS_OF_NOTICE = YEAR
SAFEGUARDS_DAYS, SAFEGUARDS_MONTHS = 180, 18
PLAN_DAYS = 60
DESTRUCTION_YEARS, EXTENSION_YEARS, REMOVAL_DAYS = 10, 5, 90  # as the first meeting of the parties set them in 2022

FACTS = vocabulary(
    Fact("develops", TRUTH, "Whether it develops, tests, produces or otherwise acquires nuclear weapons."),
    Fact("possesses", TRUTH, "Whether it possesses or stockpiles nuclear weapons."),
    Fact("transfers", TRUTH, "Whether it transfers nuclear weapons or control over them."),
    Fact("receives", TRUTH, "Whether it receives nuclear weapons or control over them."),
    Fact("uses", TRUTH, "Whether it uses nuclear weapons."),
    Fact("threatens", TRUTH, "Whether it threatens to use them."),
    Fact("assists", TRUTH, "Whether it assists, encourages or induces anybody to do what is forbidden."),
    Fact("seeks_help", TRUTH, "Whether it seeks or receives such assistance."),
    Fact("hosts", TRUTH, "Whether it allows nuclear weapons to be stationed, installed or deployed in its territory."),
    Fact("in_force_for_it_on", DAY, "Day on which the treaty came into force for the state."),
    Fact("declared_on", DAY, "Day of its declaration under Article 2."),
    Fact("declared", TRUTH, "Whether it made that declaration."),
    Fact("safeguards_kept", TRUTH, "Whether it keeps at least the safeguards that it had when the treaty came into "
         "force."),
    Fact("gave_up_before", TRUTH, "Whether it had nuclear weapons after 7 July 2017 and gave up its programme before "
         "the treaty came into force for it."),
    Fact("elimination_verified", TRUTH, "Whether it co-operates with the international authority that verifies this."),
    Fact("safeguards_begun_on", DAY, "Day on which it began to negotiate a safeguards agreement."),
    Fact("safeguards_begun", TRUTH, "Whether it began to."),
    Fact("safeguards_from", DAY, "Day on which that agreement came into force."),
    Fact("safeguards_agreed", TRUTH, "Whether it came into force."),
    Fact("joined_with_weapons", TRUTH, "Whether it had nuclear weapons when the treaty came into force for it."),
    Fact("off_operation", TRUTH, "Whether it took them out of operation at once."),
    Fact("plan_on", DAY, "Day on which it put forward a plan, bound to time, for their elimination."),
    Fact("plan_given", TRUTH, "Whether it put forward that plan."),
    Fact("eliminated_on", DAY, "Day on which the last of them was destroyed."),
    Fact("eliminated", TRUTH, "Whether all were destroyed."),
    Fact("years_of_extension", NUMBER, "Years by which the parties put off the day for their destruction.", "years"),
    Fact("joined_as_host", TRUTH, "Whether nuclear weapons of another state were in its territory when the treaty came "
         "into force for it."),
    Fact("removed_on", DAY, "Day on which these were removed."),
    Fact("removed", TRUTH, "Whether they were removed."),
    Fact("fiftieth_deposit", DAY, "Day of the fiftieth instrument of ratification or accession."),
    Fact("own_deposit", DAY, "Day of the state's own instrument."),
    *LEAVING,
    Fact("in_armed_conflict", TRUTH, "Whether it is party to an armed conflict when the notice runs out."),
)  # fmt: skip


@article("1(1)(a)", "No development, test, possession", kind=PROHIBIT, domain=ATOM, asks=("develops", "possesses"))
def possession(case: Case) -> Iterator[Finding]:
    """Never to develop, test, produce, otherwise acquire, possess or stockpile nuclear weapons."""
    yield forbids(case, "1(1)(a)", "develops", "possesses", remedy="destroy them under Article 4")


@article("1(1)(b)", "No transfer", kind=PROHIBIT, domain=ATOM, asks=("transfers",))
def transfer(case: Case) -> Iterator[Finding]:
    """Never to transfer nuclear weapons or control over them to anybody."""
    yield forbids(case, "1(1)(b)", "transfers")


@article("1(1)(c)", "No receipt", kind=PROHIBIT, domain=ATOM, asks=("receives",))
def receipt(case: Case) -> Iterator[Finding]:
    """Never to receive the transfer of nuclear weapons or of control over them."""
    yield forbids(case, "1(1)(c)", "receives")


@article("1(1)(d)", "No use, no threat of use", kind=PROHIBIT, domain=ATOM, asks=("uses", "threatens"))
def use(case: Case) -> Iterator[Finding]:
    """Never to use nuclear weapons nor to threaten to."""
    yield forbids(case, "1(1)(d)", "uses", "threatens")


@article("1(1)(e)", "No assistance", kind=PROHIBIT, domain=ATOM, asks=("assists", "seeks_help"))
def assistance(case: Case) -> Iterator[Finding]:
    """Never to help anybody to do what is forbidden, nor to seek or receive such help (letters e and f)."""
    yield forbids(case, "1(1)(e)", "assists")
    yield forbids(case, "1(1)(f)", "seeks_help")


@article("1(1)(g)", "No stationing", kind=PROHIBIT, domain=ATOM, asks=("hosts",))
def stationing(case: Case) -> Iterator[Finding]:
    """Never to allow nuclear weapons of anybody to be stationed, installed or deployed in its territory."""
    yield forbids(case, "1(1)(g)", "hosts", remedy="have them removed")


@article("2(1)", "Declaration", kind=DECLARE, domain=ATOM, confidence="medium",
         asks=("in_force_for_it_on", "declared_on", "declared"))  # fmt: skip
def declaration(case: Case) -> Iterator[Finding]:
    """Within 30 days of the entry into force for it, a party declares whether it had nuclear weapons and whether those
    of others are in its territory. (The number from knowledge of the text, not re-seen.)"""
    first = case.facts.day("in_force_for_it_on")
    last = None if first is None else first + DECLARATION_DAYS
    yield done_by(case, "2(1)", "the declaration", last, case.facts.day("declared_on"),
                  done=case.facts.truth("declared"))  # fmt: skip


@article("3", "Safeguards", kind=DECLARE, domain=ATOM, confidence="medium", asks=("safeguards_kept",))
def safeguards(case: Case) -> Iterator[Finding]:
    """A party keeps at least the safeguards that it had at the entry into force. (From knowledge of the text, not
    re-seen.)"""
    yield requires(case, "3", "safeguards_kept")


def _by(case: Case, number: str, what: str, last: int | None, on: str, done: str) -> Finding:
    return done_by(case, number, what, last, case.facts.day(on), done=case.facts.truth(done))


@article("4(1)", "Who gave up nuclear weapons before joining", kind=SETTLE, domain=ATOM,
         asks=("gave_up_before", "elimination_verified", "in_force_for_it_on", "safeguards_begun_on",
               "safeguards_begun", "safeguards_from", "safeguards_agreed"))  # fmt: skip
def gave_up(case: Case) -> Iterator[Finding]:
    """A party that had nuclear weapons after 7 July 2017 and gave them up before it joined co-operates in having that
    verified; it begins to negotiate safeguards within 180 days of the entry into force for it, and they are in force
    within 18 months."""
    so, first = case.facts.truth("gave_up_before"), case.facts.day("in_force_for_it_on")
    what = "a programme given up before"
    yield requires(case, "4(1) verification", "elimination_verified", where=so, when=what)
    begin = None if first is None else first + SAFEGUARDS_DAYS
    agree = None if first is None else months_after(first, SAFEGUARDS_MONTHS)
    begun = _by(case, "4(1) negotiation", "the negotiation", begin, "safeguards_begun_on", "safeguards_begun")
    agreed = _by(case, "4(1) safeguards", "the agreement", agree, "safeguards_from", "safeguards_agreed")
    yield from (due_where(so, found, what) for found in (begun, agreed))


@article("4(2)", "Who joins with nuclear weapons", kind=SETTLE, domain=ATOM, confidence="medium",
         asks=("joined_with_weapons", "off_operation", "in_force_for_it_on", "plan_on", "plan_given", "eliminated_on",
               "eliminated", "years_of_extension"))  # fmt: skip
def destroys(case: Case) -> Iterator[Finding]:
    """A party that joins with nuclear weapons takes them out of operation at once, puts forward a plan for their
    elimination within 60 days, and destroys them in the time that the first meeting of the parties set: ten years,
    which the parties may put off by five at most. Article 1 does not stand against its holding them until then."""
    facts, what = case.facts, "weapons held at the entry into force"
    so, first = facts.truth("joined_with_weapons"), facts.day("in_force_for_it_on")
    yield requires(case, "4(2) operation", "off_operation", where=so, when=what)
    plan = _by(case, "4(2) plan", "the plan", None if first is None else first + PLAN_DAYS, "plan_on", "plan_given")
    more = facts.number("years_of_extension")
    years = None if more is None or more.low != more.high else DESTRUCTION_YEARS + more.low
    last = None if first is None or years is None else months_after(first, YEAR * int(years))
    done = _by(case, "4(2) destruction", "the destruction", last, "eliminated_on", "eliminated")
    longer = ceiling(Finding("4(2) extension", UNKNOWN, "", unit="years"), more, EXTENSION_YEARS, what="Years put off")
    yield from (due_where(so, found, what) for found in (plan, done, longer))


@article("4(4)", "Who joins with weapons of others in its territory", kind=SETTLE, domain=ATOM, confidence="medium",
         asks=("joined_as_host", "in_force_for_it_on", "removed_on", "removed"))  # fmt: skip
def removes(case: Case) -> Iterator[Finding]:
    """A party with nuclear weapons of another state in its territory has them removed promptly, in the time that the
    first meeting of the parties set: 90 days."""
    first = case.facts.day("in_force_for_it_on")
    last = None if first is None else first + REMOVAL_DAYS
    found = _by(case, "4(4)", "the removal", last, "removed_on", "removed")
    yield due_where(case.facts.truth("joined_as_host"), found, "weapons of others in its territory")


@article("15", "When it enters into force", kind=CONDITION, domain=ATOM, asks=("fiftieth_deposit", "own_deposit"))
def entry(case: Case) -> Iterator[Finding]:
    """It enters into force 90 days after the fiftieth instrument; for a State that joins later, 90 days after its
    own."""
    fiftieth, own = case.facts.day("fiftieth_deposit"), case.facts.day("own_deposit")
    whole = None if fiftieth is None else fiftieth + DAYS_AFTER_FIFTIETH
    yield _from(case, "15(1)", whole, "The treaty")
    if own is not None:
        mine = None if whole is None else max(whole, own + DAYS_AFTER_OWN)
        yield _from(case, "15(2)", mine, "For the state it")


def _from(case: Case, number: str, day: int | None, what: str) -> Finding:
    """Whether the day of entry has come."""
    if day is None:
        return Finding(number, UNKNOWN, "When the fiftieth instrument was deposited is not given.")
    verdict = KEPT if case.day >= day else BROKEN
    told = f"{what} is in force from {iso(day)}."
    return Finding(number, verdict, told, unit="days", margin=case.day - day)


@article("17(3)", "Withdrawal", kind=SETTLE, domain=ATOM,
         asks=(*LEAVING_ASKS, "in_armed_conflict"))  # fmt: skip
def leaves(case: Case) -> Iterator[Finding]:
    """A party may withdraw twelve months after its notice; if it is then party to an armed conflict, it stays bound
    until it is no longer."""
    conflict = case.facts.truth("in_armed_conflict")
    for found in notice(case, "17(3)", MONTHS_OF_NOTICE, reasons=False):
        if found.verdict != KEPT or conflict is Truth.NO:
            yield found
        elif conflict is Truth.YES:
            told = f"{found.because} It is party to an armed conflict then."
            yield replace(found, verdict=BROKEN, because=told, remedy="stay bound until the conflict has ended")
        else:
            told = f"{found.because} Whether it is party to an armed conflict then is not given."
            yield replace(found, verdict=UNKNOWN, because=told)


OBLIGATIONS: tuple[Obligation, ...] = (
    possession, transfer, receipt, use, assistance, stationing, declaration, safeguards, gave_up, destroys,
    removes, entry, leaves,
)  # fmt: skip
