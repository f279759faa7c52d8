"""A military exercise as a file states it: who, where, when, how large by whose figures, and what was done about it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from indivisible.errors import FileError, QuestionError
from indivisible.record.record import Record
from indivisible.rules.activities import ACTIVITY, FIGURES
from indivisible.rules.demands import first_day
from indivisible.rules.facts import DAY, NAMES, NUMBER, TEXT, TRUTH, Fact, Facts, Value, read_facts, vocabulary
from indivisible.values import iso

SCHEMA = "exercise/1"
BORDER = (
    Fact("in_border_zone", TRUTH, "Whether it takes place within 100 km of the border that the agreements of 1996 and "
         "1997 are about."),
    Fact("km_from_border", NUMBER, "Kilometres from that border at the nearest."),
)  # fmt: skip
HEAD = (
    Fact("name", TEXT, "Its name."),
    Fact("description", TEXT, "What it is."),
    Fact("sources", NAMES, "Where the figures come from."),
    Fact("by", NAMES, "States whose forces take part."),
    Fact("host", NAMES, "States on whose territory it takes place."),
    Fact("on", DAY, "The day on which it is asked; without it the first day of the exercise."),
)
WHOSE = (
    Fact("basis", TEXT, "declared, estimated, or another word for how the figures came about."),
    Fact("by", TEXT, "Whose figures they are."),
    Fact("source", TEXT, "Where they stand."),
)
FACTS = vocabulary(*HEAD, *ACTIVITY, *BORDER)
FIGURE_FACTS = vocabulary(*WHOSE, *FIGURES)


@dataclass(frozen=True, slots=True)
class Figures:
    """One set of figures of an exercise: declared, estimated, or (empty) simply given; whose, and from where."""

    basis: str
    by: str
    source: str
    facts: Facts


@dataclass(frozen=True)
class Exercise:
    """An exercise: keys of the record, days, and one or more sets of figures side by side."""

    name: str
    day: int
    starts: int
    ends: int | None
    by: tuple[str, ...]
    host: tuple[str, ...]
    figures: tuple[Figures, ...]
    sources: tuple[str, ...]
    where: str

    @property
    def guests(self) -> tuple[str, ...]:
        """States that take part on the territory of others only."""
        return tuple(state for state in self.by if state not in self.host)


def read_exercise(given: str | Path | Mapping[str, object], record: Record) -> Exercise:
    """An exercise from a YAML file or from plain data. Raises FileError and UnknownName."""
    if isinstance(given, Mapping):
        return _exercise(dict(given), record, "exercise")
    import yaml

    try:
        data = yaml.safe_load(Path(given).read_text(encoding="utf-8"))
    except ValueError as problem:  # such as 2021-02-30
        raise FileError(f"a day in it does not exist: {problem}", where=str(given), do="write YYYY-MM-DD") from None
    except (OSError, yaml.YAMLError) as problem:
        raise FileError(
            f"the file cannot be read: {problem}", where=str(given), do="write YAML, as the how-to shows"
        ) from None
    if not isinstance(data, Mapping):
        raise FileError("it is not a map", where=str(given), do="begin with `name:`, `by:`, `host:`, `starts:`")
    return _exercise(dict(data), record, str(given))


def _exercise(given: dict[Any, object], record: Record, where: str) -> Exercise:
    data = {"on" if key is True else str(key): value for key, value in given.items()}  # YAML reads a bare `on` as yes
    schema = data.pop("schema", SCHEMA)
    if schema != SCHEMA:
        raise FileError(f"schema is {schema!r}", where=where, do=f"write schema: {SCHEMA}")
    sets = data.pop("figures", None)
    _known(data, where)
    facts = read_facts(data, FACTS, where=where)
    starts = first_day(facts)
    if starts is None:
        raise FileError("its first day is not given", where=where, do="add starts: YYYY-MM-DD")
    _whole(facts)
    _others_in_order(facts)
    by, host = (_states(facts, name, record) for name in ("by", "host"))
    if not by and not host:
        raise FileError("no state is named", where=where, do="add by: [KEY] and host: [KEY]")
    on = facts.day("on")
    name = facts.text("name") or (Path(where).stem if where != "exercise" else "The exercise")
    return Exercise(
        name, starts if on is None else on, starts, facts.day("ends"), by, host or by, _figures(sets, facts, where),
        facts.names("sources") or (), where,
    )  # fmt: skip


def _whole(facts: Facts) -> None:
    """Forces are counted in whole numbers: 9.500 is nine and a half, and was hardly meant."""
    for name in (one.name for one in FIGURES):
        value = facts.number(name) if name in facts.known else None
        for end in () if value is None else (value.low, value.high):
            if math.isfinite(end) and end != round(end):
                raise FileError(f"{end:g} is not a whole number", where=f"{facts.where}, field {name}",
                                do="write 9500, without a point")  # fmt: skip


def _known(data: Mapping[str, object], where: str) -> None:
    for key in data:
        if key not in FACTS:
            words = [*FACTS, "figures", "schema"]
            near = ", ".join(get_close_matches(key, words)) or "see `indivisible notify --asks`"
            raise FileError(f"no field is called {key!r}", where=where, do=f"near names: {near}")


def _states(facts: Facts, name: str, record: Record) -> tuple[str, ...]:
    keys = []
    for one in facts.names(name) or ():
        try:
            keys.append(record.resolve(one, "state"))
        except QuestionError as problem:
            raise FileError(str(problem), where=f"{facts.where}, field {name}") from None
    return tuple(sorted(dict.fromkeys(keys)))


def _others_in_order(facts: Facts) -> None:
    for n, row in enumerate(facts.table("other_activities") or (), 1):
        _whole(row)
        begin, end = row.day("starts"), row.day("ends")
        if begin is not None and end is not None and end < begin:
            where = f"{facts.where}, field other_activities, row {n}"
            told = f"it ends on {iso(end)}, before it starts on {iso(begin)}"
            raise FileError(told, where=where, do="mend starts or ends")


def _figures(sets: object, facts: Facts, where: str) -> tuple[Figures, ...]:
    """The sets of figures; what a set does not say is taken from the exercise itself."""
    if sets is None:
        return (Figures("", "", "", facts),)
    if not isinstance(sets, Sequence) or isinstance(sets, str) or not sets:
        raise FileError("figures must be a list of maps", where=where, do="begin each with `- basis: declared`")
    found = []
    for n, row in enumerate(sets, 1):
        place = f"{where}, field figures, row {n}"
        if not isinstance(row, Mapping):
            raise FileError("it is not a map", where=place, do="write basis: declared, troops: 12000")
        one = read_facts({str(key): value for key, value in row.items()}, FIGURE_FACTS, where=place)
        _whole(one)
        basis = one.text("basis")
        if basis is None:
            raise FileError("whose figures they are is not said", where=place, do="add basis: declared or estimated")
        own: dict[str, Value] = {name: one.values[name] for name in one.given() if name in FACTS and name != "by"}
        merged = replace(facts, values={**facts.values, **own})
        found.append(Figures(basis, one.text("by") or "", one.text("source") or "", merged))
    return tuple(found)
