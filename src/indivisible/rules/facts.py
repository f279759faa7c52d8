"""What is known of a case that is put to a treaty: named facts of declared types; what is not given is not known."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from indivisible.architecture.snapshot import estimate
from indivisible.errors import FileError, QuestionError, RecordError
from indivisible.values import Estimate, Truth, day_of, iso

NUMBER, TRUTH, DAY, TEXT, CHOICE, NAME, NAMES, TABLE = (
    "number", "yes or no", "day", "text", "one of", "name", "names", "table",
)  # fmt: skip
Value = Estimate | Truth | int | str | tuple[str, ...] | tuple["Facts", ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a text asks for: its name, type and meaning; `choices` of a choice, `of` the columns of a table."""

    name: str
    kind: str
    meaning: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    of: tuple[Fact, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it counts things, of which there is no half."""
        return self.unit in COUNTS and not MEASURES & set(self.name.split("_"))


COUNTS = ("", "items", "sites", "parties")
MEASURES = {"hours", "days", "weeks", "years", "km"}


@dataclass(frozen=True)
class Facts:
    """The facts of one case, each of a declared type. Asked for what was not given, it says so: unknown."""

    known: Mapping[str, Fact]
    values: Mapping[str, Value] = field(default_factory=dict)
    where: str = ""

    def number(self, name: str) -> Estimate | None:
        """A number or an interval; None if not given."""
        found = self._of(name, NUMBER)
        return found if isinstance(found, Estimate) else None

    def truth(self, name: str) -> Truth:
        """Yes, no, or unknown if not given."""
        found = self._of(name, TRUTH)
        return found if isinstance(found, Truth) else Truth.UNKNOWN

    def day(self, name: str) -> int | None:
        """A day as an ordinal; None if not given."""
        found = self._of(name, DAY)
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def text(self, name: str) -> str | None:
        """A text, a name or one of several words; None if not given."""
        found = self._of(name, TEXT, CHOICE, NAME)
        return found if isinstance(found, str) else None

    def names(self, name: str) -> tuple[str, ...] | None:
        """Several names; None if not given (an empty list is known to be empty)."""
        found = self._of(name, NAMES)
        return tuple(str(one) for one in found) if isinstance(found, tuple) else None

    def table(self, name: str) -> tuple[Facts, ...] | None:
        """The rows of a table; None if not given."""
        found = self._of(name, TABLE)
        return tuple(one for one in found if isinstance(one, Facts)) if isinstance(found, tuple) else None

    def given(self) -> Iterator[str]:
        """Names of what was given."""
        return iter(self.values)

    def _of(self, name: str, *kinds: str) -> Value | None:
        fact = self.known.get(name)
        if fact is None or fact.kind not in kinds:
            raise KeyError(f"no fact of type {' or '.join(kinds)} is called {name!r}")
        return self.values.get(name)


def vocabulary(*facts: Fact) -> dict[str, Fact]:
    """Facts by name."""
    return {fact.name: fact for fact in facts}


def read_facts(given: Mapping[str, object], known: Mapping[str, Fact], *, where: str) -> Facts:
    """Facts out of plain data (as YAML and JSON hold them).

    `null` or `unknown` is the same as leaving a fact out. Raises FileError for a name that is not declared (with near
    names) and for a value of another type, naming the field.
    """
    values: dict[str, Value] = {}
    for name, value in given.items():
        if name not in known:
            near = ", ".join(get_close_matches(str(name), known, n=3, cutoff=0.5) or sorted(known))
            raise FileError(f"no fact is called {name!r}", where=where, do=f"near names: {near}")
        if value is None or value == "unknown":
            continue
        values[name] = read_value(value, known[name], where=f"{where}, field {name}")
    return Facts(known, values, where)


def read_value(value: object, fact: Fact, *, where: str) -> Value:
    """One value of a declared type. Raises FileError that names `where`."""
    if fact.kind == NUMBER:
        return _number(value, where, whole=fact.whole)
    if fact.kind == TRUTH:
        if isinstance(value, bool):
            return Truth.YES if value else Truth.NO
        raise FileError(f"{value!r} is not yes or no", where=where, do="write yes, no or unknown")
    if fact.kind == DAY:
        return _day(value, where)
    if fact.kind == CHOICE:
        if value in fact.choices:
            return str(value)
        raise FileError(f"{value!r} is none of the choices", where=where, do=f"choose {', '.join(fact.choices)}")
    if fact.kind in (TEXT, NAME):
        if isinstance(value, str) and value.strip():
            return value.strip()
        raise FileError(f"{value!r} is not a text", where=where, do="put it in quotes")
    if fact.kind == NAMES:
        if isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(one, str) for one in value):
            return tuple(str(one) for one in value)
        do = f"write [{value}]" if isinstance(value, str) else "write [A, B]"
        raise FileError(f"{value!r} is not a list of names", where=where, do=do)
    if fact.kind == TABLE:
        return _rows(value, fact, where)
    raise ValueError(fact.kind)


def _number(value: object, where: str, *, whole: bool) -> Estimate:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise FileError(f"{value!r} is not a number", where=where, do="write 1500, or 1200..1500")
    try:
        found = estimate(str(value).replace("_", ""))
    except (ValueError, RecordError):
        raise FileError(f"{value!r} is not a number", where=where, do="write 1500, or 1200..1500") from None
    if found.low < 0 or not math.isfinite(found.low):
        raise FileError(f"{value!r} is below zero or not finite", where=where, do="give a number of 0 or above")
    if whole and any(math.isfinite(end) and end != int(end) for end in (found.low, found.high)):
        raise FileError(f"{value!r} is not a whole number", where=where, do="write 9500 for nine and a half thousand")
    return found


def _day(value: object, where: str) -> int:
    if isinstance(value, date):
        return value.toordinal()
    try:
        return day_of(str(value))
    except QuestionError:
        raise FileError(f"{value!r} is not a day", where=where, do="write YYYY-MM-DD") from None


def _rows(value: object, fact: Fact, where: str) -> tuple[Facts, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise FileError(f"{fact.name} must be a list of maps", where=where, do="begin each with '- '")
    rows = []
    for n, row in enumerate(value, 1):
        if not isinstance(row, Mapping):
            raise FileError(f"row {n} is not a map", where=where, do="write {key: value, ...}")
        rows.append(read_facts(row, vocabulary(*fact.of), where=f"{where}, row {n}"))
    return tuple(rows)


def said(value: Estimate | None) -> str:
    """A number as people write it: `1,500`, `1,200 to 1,500`, or `not known`."""
    if value is None:
        return "not known"
    if value.low == value.high:
        return f"{value.low:,.10g}"
    if math.isinf(value.high):
        return f"at least {value.low:,.10g}"
    return f"{value.low:,.10g} to {value.high:,.10g}"


def said_day(day: int | None) -> str:
    """A day as YYYY-MM-DD, or `not known`."""
    return "not known" if day is None else iso(day)


def total(values: Sequence[Estimate | None]) -> Estimate | None:
    """The sum; not known as soon as one of them is not."""
    if any(one is None for one in values):
        return None
    low, high = (math.fsum(getattr(one, end) for one in values) for end in ("low", "high"))
    best = (
        None
        if any(one is None or one.best is None for one in values)
        else math.fsum(one.best for one in values if one is not None and one.best is not None)
    )
    return Estimate(low, best, high)


def before(first: int | None, days: int, second: int | None) -> Truth:
    """Whether the first day lies at least so many days before the second; unknown if either is."""
    if first is None or second is None:
        return Truth.UNKNOWN
    return Truth.YES if second - first >= days else Truth.NO


def reaches(value: Estimate | None, threshold: float, *, above: bool = False) -> Truth:
    """Whether a value is at least the threshold (`above`: more than it); unknown where the interval crosses it."""
    if value is None:
        return Truth.UNKNOWN
    over = value.low > threshold if above else value.low >= threshold
    under = value.high <= threshold if above else value.high < threshold
    if over:
        return Truth.YES
    return Truth.NO if under else Truth.UNKNOWN
