"""A use of force as a case file states it: who, where, when, and for each fact who says what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from indivisible.errors import FileError, UnknownName
from indivisible.record.record import Record
from indivisible.rules.facts import NAME, TRUTH, Value, read_facts, read_value
from indivisible.rules.force_branches import FACTS, GROUNDS
from indivisible.values import Truth, day_of, iso

KEYS = ("schema", "name", "on", "by", "against", "names", "facts", "claims", "description", "sources")
SCHEMA = "force-case/1"
SAID_KEYS, CLAIM_KEYS = ("by", "says", "source"), ("by", "ground", "source")
GIVEN, AGREED, DISPUTED, ASSERTED, NOT_GIVEN = "given", "agreed", "disputed", "asserted", "not given"


@dataclass(frozen=True, slots=True)
class Said:
    """What one speaker says of one fact; `says` is None where the speaker leaves it open."""

    by: str
    says: Value | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact of a case: what may be reckoned with (None: not known), why, and who said what."""

    value: Value | None
    why: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground that somebody claimed for the use of force."""

    by: str
    ground: str
    source: str = ""


@dataclass(frozen=True)
class ForceCase:
    """One use of force: keys of the record, or names that the file itself declares; facts as stated by whom."""

    name: str
    day: int
    by: tuple[str, ...]
    against: tuple[str, ...]
    names: Mapping[str, str]
    facts: Mapping[str, Stated]
    claims: tuple[Ground, ...] = ()
    sources: tuple[str, ...] = ()

    def truth(self, name: str) -> Truth:
        """Yes or no where it was given or all agree; else unknown."""
        if FACTS[name].kind != TRUTH:
            raise KeyError(name)
        value = self.stated(name).value
        return value if isinstance(value, Truth) else Truth.UNKNOWN

    def day_fact(self, name: str) -> int | None:
        """A day as an ordinal; None where not given or not agreed."""
        value = self.stated(name).value
        return value if isinstance(value, int) else None

    def text(self, name: str) -> str | None:
        """A name; None where not given or not agreed."""
        value = self.stated(name).value
        return value if isinstance(value, str) else None

    def stated(self, name: str) -> Stated:
        """A fact as the file states it."""
        return self.facts.get(name, Stated(None, NOT_GIVEN))

    def of(self, why: str) -> tuple[str, ...]:
        """Facts that are disputed, or asserted by one side only."""
        return tuple(name for name in FACTS if name in self.facts and self.facts[name].why == why)


def read_force(given: str | Path | Mapping[str, object], record: Record) -> ForceCase:
    """A case from a YAML file, or from plain data. Raises FileError for what it cannot read, naming the field."""
    if isinstance(given, Mapping):
        return _case(given, record, "case")
    from indivisible.rules.case_file import read_map

    data = read_map(given, begin="`on: 2020-05-01`, `by:`, `against:`, `facts:`")
    return _case(data, record, str(given))


def _case(given: Mapping[Any, object], record: Record, where: str) -> ForceCase:
    data = {"on" if key is True else str(key): value for key, value in given.items()}  # YAML reads a bare `on` as yes
    for key in data:
        if key not in KEYS:
            near = ", ".join(get_close_matches(key, KEYS)) or ", ".join(KEYS)
            raise FileError(f"no field is called {key!r}", where=where, do=f"near names: {near}")
    if data.get("schema", SCHEMA) != SCHEMA:
        raise FileError(f"schema is {data['schema']!r}", where=where, do=f"write schema: {SCHEMA}")
    names = _map(data.get("names"), f"{where}, field names")
    speakers = _Speakers(record, {str(key): str(value) for key, value in names.items()})
    by, against = (_whom(data, key, speakers, where) for key in ("by", "against"))
    if both := sorted(set(by) & set(against)):
        raise FileError(f"{both[0]} stands under by and under against", where=where, do="keep it under one of the two")
    facts = {
        str(name): _stated(str(name), value, speakers, f"{where}, field {name}")
        for name, value in _map(data.get("facts"), f"{where}, field facts").items()
    }
    sources = data.get("sources") or ()
    if isinstance(sources, str) or not isinstance(sources, Sequence):
        raise FileError("sources must be a list", where=where, do="begin each with '- '")
    return ForceCase(
        str(data.get("name") or Path(where).stem), _on(data, where), by, against, speakers.own,
        _derived(facts, by), _claims(data.get("claims"), speakers, f"{where}, field claims"), tuple(map(str, sources)),
    )  # fmt: skip


def _derived(facts: dict[str, Stated], by: tuple[str, ...]) -> dict[str, Stated]:
    """With the attacked state named and undisputed, whether it is one that uses force need not be said again."""
    attacked = facts.get("attacked")
    if attacked is None or not isinstance(attacked.value, str):
        return facts
    own = attacked.value in by
    answers = {
        "attack_on_user_of_force": Truth.YES if own else Truth.NO,
        "attack_on_another_state": Truth.NO if own and len(by) == 1 else Truth.YES,
    }
    return {**{name: Stated(value, attacked.why) for name, value in answers.items()}, **facts}


@dataclass(frozen=True)
class _Speakers:
    """Names that the record knows, and names that the file declares for whom the record does not know."""

    record: Record
    own: Mapping[str, str]

    def key(self, name: object, where: str) -> str:
        """The key of a state or an organisation, or a name that the file declares."""
        if name is False:
            raise FileError("a bare NO or OFF is read as no", where=where, do="write the name in quotes")
        text = str(name)
        if text in self.own:
            return text
        near: tuple[str, ...] = ()
        for kind in ("state", "organization"):
            try:
                return self.record.resolve(text, kind)
            except UnknownName as problem:
                near = near or problem.near
        listed = f"near names: {', '.join(near)}; or " if near else ""
        raise FileError(
            f"nobody is called {text!r}, in the record or in this file", where=where,
            do=f"{listed}declare it: names: {{{text}: What it is}}",
        )  # fmt: skip


def _map(value: object, where: str) -> Mapping[object, object]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise FileError("it is not a map", where=where, do="write one `name: value` a line")
    return value


def _on(data: Mapping[str, object], where: str) -> int:
    value = data.get("on")
    if value is None:
        raise FileError("no day is given", where=where, do="add on: 2020-05-01")
    if isinstance(value, date):
        return value.toordinal()
    try:
        return day_of(str(value))
    except Exception:
        raise FileError(f"{value!r} is not a day", where=f"{where}, field on", do="write YYYY-MM-DD") from None


def _whom(data: Mapping[str, object], key: str, speakers: _Speakers, where: str) -> tuple[str, ...]:
    value = data.get(key)
    if value is None:
        raise FileError(
            f"{key!r} is missing", where=where, do=f"add {key}: and the states, or [] where nobody is named"
        )
    listed = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return tuple(sorted({speakers.key(name, f"{where}, field {key}") for name in listed}))


def _stated(name: str, value: object, speakers: _Speakers, where: str) -> Stated:
    """A plain value is taken as given; a list of who says what is weighed: agreed, disputed, or one side's word."""
    if name not in FACTS:
        read_facts({name: value}, FACTS, where=where)  # raises, with near names
    if not isinstance(value, Sequence) or isinstance(value, str):
        if isinstance(value, Mapping):
            value = [value]
        else:
            read = _value(name, value, speakers, where)
            return Stated(read, NOT_GIVEN if read is None else GIVEN)
    said = []
    for n, row in enumerate(value, 1):
        spot = f"{where}, row {n}"
        if not isinstance(row, Mapping) or not {"by", "says"} <= set(row) <= set(SAID_KEYS):
            raise FileError(
                f"{row!r} does not say who says what",
                where=spot,
                do='write {by: A, says: yes, source: "a text, in quotes"}',
            )
        said.append(
            Said(speakers.key(row["by"], spot), _value(name, row["says"], speakers, spot), str(row.get("source") or ""))
        )
    return _weighed(tuple(sorted(said, key=lambda one: one.by)), where)


def _weighed(said: tuple[Said, ...], where: str) -> Stated:
    found = {one.says for one in said if one.says is not None}
    if not said or not found:
        return Stated(None, NOT_GIVEN, said)
    for speaker in {one.by for one in said}:
        _, *others = {one.says for one in said if one.by == speaker}
        if others:
            raise FileError(f"{speaker} says two things", where=where, do="keep what it says on the day of the case")
    if len(found) > 1:
        return Stated(None, DISPUTED, said)
    if len({one.by for one in said if one.says is not None}) == 1:
        return Stated(None, ASSERTED, said)
    return Stated(found.pop(), AGREED, said)


def _value(name: str, value: object, speakers: _Speakers, where: str) -> Value | None:
    fact = FACTS[name]
    if isinstance(value, date):
        value = iso(value.toordinal())
    if fact.kind == NAME and value is not None:
        return speakers.key(value, where)
    return None if value is None or value == "unknown" else read_value(value, fact, where=where)


def _claims(value: object, speakers: _Speakers, where: str) -> tuple[Ground, ...]:
    if value is None:
        return ()
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise FileError("it is not a list", where=where, do="write - {by: A, ground: invitation}")
    grounds = [branch.key for branch in GROUNDS]
    found = []
    for n, row in enumerate(value, 1):
        spot = f"{where}, row {n}"
        if not isinstance(row, Mapping) or not {"by", "ground"} <= set(row) <= set(CLAIM_KEYS):
            raise FileError(
                f"{row!r} is not a claim", where=spot, do="write - {by: A, ground: invitation, source: ...}"
            )
        if row["ground"] not in grounds:
            raise FileError(f"no ground is called {row['ground']!r}", where=spot, do=f"choose {', '.join(grounds)}")
        found.append(Ground(speakers.key(row["by"], spot), str(row["ground"]), str(row.get("source") or "")))
    return tuple(sorted(found, key=lambda one: (one.by, one.ground)))
