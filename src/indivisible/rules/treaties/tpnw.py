"""The Treaty on the Prohibition of Nuclear Weapons, 2017: what its parties, and only they, may not do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indivisible.rules.base import DECLARE, PROHIBIT, SETTLE, Case, Obligation, article
from indivisible.rules.conduct import done_by, forbids, requires
from indivisible.rules.facts import DAY, TRUTH, Fact, vocabulary
from indivisible.rules.finding import BROKEN, KEPT, UNKNOWN, Finding
from indivisible.rules.in_time import LEAVING, LEAVING_ASKS, YEAR
from indivisible.rules.withdrawal import notice
from indivisible.values import Truth, iso

KEY = "TPNW_2017"
AUTHORITY = "legal"
ATOM = "nuclear"

DAYS_AFTER_FIFTIETH, DAYS_AFTER_OWN = 90, 90
DECLARATION_DAYS = 30
MONTHS_OF_NOTICE = YEAR

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


@article("15", "When it enters into force", kind=DECLARE, domain=ATOM, asks=("fiftieth_deposit", "own_deposit"))
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
    possession, transfer, receipt, use, assistance, stationing, declaration, safeguards, entry, leaves,
)  # fmt: skip
