"""When a treaty comes into force: the rule that its text gives, read from the record and applied to a deposit.

A rule is a small expression: `signature`, `deposit`, `deposit + 30 days`, `later(1997-04-29, deposit + 30 days)`,
`date 1992-11-09`, `all_ratify 30 + 10 days`, `annex2 44 + 180 days`, `exchange`, `ratification` or `follows ORG`.
What follows from a rule, and is not stated by a source, is derived, and every answer says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indivisible.errors import RecordError
from indivisible.record.claim import Claim
from indivisible.values import Span, Truth, date_bounds, iso

_RULES = (
    ("later", re.compile(r"later\((?P<day>[0-9-]+), deposit(?: \+ (?P<days>\d+) days)?\)")),
    ("deposit", re.compile(r"deposit(?: \+ (?P<days>\d+) days)?")),
    ("date", re.compile(r"date (?P<day>[0-9-]+)")),
    ("all_ratify", re.compile(r"all_ratify (?P<number>\d+)(?: \+ (?P<days>\d+) days)?")),
    ("annex2", re.compile(r"annex2(?: (?P<number>\d+))?(?: \+ (?P<days>\d+) days)?")),
    ("signature", re.compile(r"signature")),
    ("exchange", re.compile(r"exchange")),
    ("ratification", re.compile(r"ratification")),
    ("follows", re.compile(r"follows (?P<body>\w+)")),
)
CLOSED = frozenset({"signature", "exchange", "ratification", "all_ratify", "date"})
"""Rules of texts that only their signatories can bring into force: whoever did not sign has no part in them."""
PENDING = frozenset({"all_ratify", "annex2", "exchange"})
"""Rules that say what is still missing: while no source says that the treaty entered into force, it has not."""


@dataclass(frozen=True, slots=True)
class EntryRule:
    """One entry rule: its kind, the day it names (an interval of days), and the days to wait after a deposit."""

    kind: str
    day: tuple[int, int] | None
    days: int


@dataclass(frozen=True, slots=True)
class Start:
    """From when something held: first and last possible day, how it is written, and whether a rule derived it."""

    first: int
    last: int
    text: str
    derived: bool
    claim: Claim

    def begun(self, day: int) -> Truth:
        """Whether it had begun on or before the day."""
        return _begun(self.first, self.last, day)

    @property
    def precision(self) -> str:
        """day, month, year or interval; `derived` stands before it where an entry rule gave the date."""
        found = precision_of(self.text)
        return f"derived {found}" if self.derived else found


def read_rule(claim: Claim) -> EntryRule:
    """The rule that a claim of the field entry_rule states; RecordError for an expression that is none of them."""
    for kind, pattern in _RULES:
        if match := pattern.fullmatch(claim.value):
            found = match.groupdict()
            day = found.get("day")
            return EntryRule(kind, date_bounds(day) if day else None, int(found.get("days") or 0))
    raise RecordError(f"{claim.value!r} is not an entry rule", where=claim.address, do="see docs/reference/record.md")


def begun(span: Span, day: int) -> Truth:
    """Whether an event had happened on or before the day."""
    return _begun(span.from_earliest, span.from_latest, day)


def _begun(first: int, last: int, day: int) -> Truth:
    if last <= day:
        return Truth.YES
    return Truth.NO if first > day else Truth.UNKNOWN


def stated(claim: Claim) -> Start:
    """A start that a source states."""
    return Start(claim.span.from_earliest, claim.span.from_latest, claim.begin, False, claim)


def derived(rule: EntryRule, deposit: Claim, entered: Start | None) -> Start | None:
    """When a treaty entered into force for the State that made this deposit (or this signature); None if it has not.

    `entered` is the entry into force of the treaty itself; without it no rule but that of the deposit or the
    signature alone gives a date.
    """
    first, last = deposit.span.from_earliest, deposit.span.from_latest
    if rule.kind in ("signature", "ratification"):
        return _start(first, last, deposit)
    if rule.kind == "deposit":
        return _start(first + rule.days, last + rule.days, deposit)
    if rule.kind == "later":
        floor = rule.day or (0, 0)
        return _start(max(first + rule.days, floor[0]), max(last + rule.days, floor[1]), deposit)
    if rule.kind in ("date", "all_ratify", "annex2", "exchange", "follows"):
        if entered is None:
            return None
        return _start(max(first, entered.first), max(last, entered.last), deposit)
    raise AssertionError(rule.kind)


def _start(first: int, last: int, claim: Claim) -> Start:
    return Start(first, last, iso(first) if first == last else f"{iso(first)}/{iso(last)}", True, claim)


def precision_of(text: str) -> str:
    """How exactly a date of the record is written: day, month, year or interval."""
    if "/" in text:
        return "interval"
    plain = text.rstrip("?~%")
    if "X" in plain or plain != text:
        return "interval"
    return {10: "day", 7: "month", 4: "year"}.get(len(plain), "interval")
