"""A case of positions, from a YAML file or plain data: who stands where on which question, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from indivisible.architecture.change_file import read_text
from indivisible.errors import FileError, QuestionError
from indivisible.rules.decision_case import read_yaml
from indivisible.values import Estimate, day_of

SCHEMA = "bargain-case/1"
OWN, IDEAL_POINTS = "own", "ideal-points"
KEYS = (
    "schema", "name", "body", "on", "procedure", "facts", "rule", "dimensions", "scale", "positions", "session",
    "years", "actors", "everyone", "status_quo", "settings", "draws", "seed", "side", "sources",
)  # fmt: skip
ROW_KEYS = ("actor", "position", "salience", "capability")
COLUMNS = (
    "turn", "actor", "name", "chance", "risk", "challenges", "odds", "gain", "odds_seen", "gain_seen", "offers",
    "takes", "chance_of_it", "target sees", "moves to",
)  # fmt: skip
WHOLE = 100.0  # of an actor's attention


@dataclass(frozen=True)
class Dimension:
    """One question on which positions differ, with both ends of its scale."""

    name: str
    low: float
    high: float

    def share(self, figure: float) -> float:
        """A position as a share of the scale."""
        return (figure - self.low) / (self.high - self.low)

    def figure(self, share: float) -> float:
        """A share of the scale as a position."""
        return self.low + share * (self.high - self.low)


@dataclass(frozen=True)
class Row:
    """One actor as the file has it; what it does not give is None. Salience is out of 100 over all dimensions."""

    actor: str
    position: tuple[Estimate, ...] | None = None
    salience: tuple[Estimate, ...] | None = None
    capability: Estimate | None = None


@dataclass(frozen=True)
class PositionsCase:
    """What a file says; `where` names it, `day` is None where no day is given, `scaled` where it gives a scale."""

    where: str
    name: str = ""
    body: str = ""
    day: int | None = None
    procedure: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    rule: object = None
    dimensions: tuple[Dimension, ...] = ()
    scaled: bool = False
    positions: str = OWN
    session: int | None = None
    years: tuple[int, int] | None = None
    rows: tuple[Row, ...] = ()
    status_quo: tuple[float, ...] | None = None
    settings: Mapping[str, object] = field(default_factory=dict)
    draws: int = 0
    seed: int = 0
    side: int | None = None
    everyone: Row = field(default_factory=lambda: Row(""))
    sources: tuple[str, ...] = ()


def read_positions(given: str | Path | Mapping[str, object]) -> PositionsCase:
    """A case from a YAML file or plain data. Raises FileError, naming the field, for what it cannot read."""
    if isinstance(given, Mapping):
        return _case({str(key): value for key, value in given.items()}, "case")
    where = str(given)
    text = read_text(Path(given), where)
    try:
        data = read_yaml(text, where)
    except FileError as problem:
        raise FileError(problem.what, where=problem.where, do="`indivisible bargain --example` prints a case") from None
    return _case(data, where)


def _case(data: Mapping[str, object], where: str) -> PositionsCase:
    _known(data, KEYS, where)
    if data.get("schema", SCHEMA) != SCHEMA:
        raise FileError(f"schema is {data['schema']!r}", where=where, do=f"write schema: {SCHEMA}")
    source = str(data.get("positions", OWN))
    if source not in (OWN, IDEAL_POINTS):
        raise FileError(f"positions are {source!r}", where=f"{where}, positions", do=f"write {OWN} or {IDEAL_POINTS}")
    dimensions = _dimensions(data, source, where)
    everyone = _row(data["everyone"], dimensions, f"{where}, everyone") if data.get("everyone") else Row("")
    return PositionsCase(
        where=where,
        name=str(data.get("name") or ""),
        body=str(data.get("body") or ""),
        day=_day(data.get("on"), where),
        procedure=str(data.get("procedure") or ""),
        facts=_map(data.get("facts"), f"{where}, facts"),
        rule=data.get("rule"),
        dimensions=dimensions,
        scaled=data.get("scale") is not None,
        positions=source,
        session=None if data.get("session") is None else whole(data["session"], f"{where}, session", 1),
        years=_years(data.get("years"), where),
        rows=_rows(data.get("actors"), dimensions, source, everyone, where),
        status_quo=_now(data, dimensions, where),
        settings=_map(data.get("settings"), f"{where}, settings"),
        draws=whole(data.get("draws", 0), f"{where}, draws", 0),
        seed=whole(data.get("seed", 0), f"{where}, seed", 0),
        side=None if data.get("side") is None else whole(data["side"], f"{where}, side", 2),
        everyone=everyone,
        sources=tuple(str(one) for one in _listed(data.get("sources"), f"{where}, sources")),
    )


def _dimensions(data: Mapping[str, object], source: str, where: str) -> tuple[Dimension, ...]:
    given = data.get("dimensions")
    if given is None and source == IDEAL_POINTS:
        given = ["votes"]
    names = [str(one) for one in _listed(given, f"{where}, dimensions")]
    if not names or not all(name.strip() for name in names):
        raise FileError("it names no dimension", where=f"{where}, dimensions", do="write dimensions: [the question]")
    if len(set(names)) < len(names):
        raise FileError("a dimension stands twice", where=f"{where}, dimensions", do="name each once")
    for name in names:
        if name in COLUMNS:
            raise FileError(
                f"{name!r} is the name of a column already",
                where=f"{where}, dimensions",
                do="name it otherwise",
            )
    if source == IDEAL_POINTS and len(names) > 1:
        raise FileError(
            "ideal points are one dimension", where=f"{where}, dimensions", do="leave dimensions out, or name one"
        )
    scale = data.get("scale", [0, 100])
    found = []
    for name in names:
        place = f"{where}, scale"
        ends = scale.get(name) if isinstance(scale, Mapping) else scale
        low, high = (number(end, place) for end in _pair(ends, f"{place}, {name}"))
        if low >= high:
            raise FileError(f"a scale from {low:g} to {high:g}", where=place, do="give the lower end first")
        found.append(Dimension(name, low, high))
    if isinstance(scale, Mapping):
        _known(scale, tuple(names), f"{where}, scale")
    return tuple(found)


def _now(data: Mapping[str, object], dimensions: tuple[Dimension, ...], where: str) -> tuple[float, ...] | None:
    """The status quo; within the scale where the file gives one."""
    if data.get("status_quo") is None:
        return None
    place = f"{where}, status_quo"
    figures = [number(one, place) for one in _each(data["status_quo"], len(dimensions), place)]
    if data.get("positions") == IDEAL_POINTS and data.get("scale") is None:
        return tuple(figures)
    for one, of in zip(figures, dimensions, strict=True):
        if not of.low <= one <= of.high:
            raise FileError(f"{one:g} is out of bounds", where=place, do=f"give {of.low:g} to {of.high:g}")
    return tuple(figures)


def _rows(given: object, dimensions: tuple[Dimension, ...], source: str, everyone: Row, where: str) -> tuple[Row, ...]:
    if isinstance(given, Mapping):  # rows by name of the actor
        given = [{"actor": name} | dict(_map(row, f"{where}, actors ({name})")) for name, row in given.items()]
    rows: dict[str, Row] = {}
    for number_of, one in enumerate(_listed(given, f"{where}, actors"), start=1):
        place = f"{where}, actors, row {number_of}"
        row = _row({"actor": one} if isinstance(one, str) else one, dimensions, place)
        if not row.actor:
            raise FileError("it names no actor", where=place, do="begin the row with actor:")
        if row.actor in rows:
            raise FileError(f"two rows for {row.actor}", where=place, do="keep one of them")
        if source == IDEAL_POINTS and row.position is not None:
            raise FileError(
                f"{row.actor} has a position of its own", where=place, do="leave it out, or write positions: own"
            )
        if source == OWN and row.position is None:
            raise FileError(f"{row.actor} has no position", where=place, do="give one figure for each dimension")
        rows[row.actor] = Row(
            row.actor, row.position, row.salience or everyone.salience, row.capability or everyone.capability
        )
    if source == OWN and not rows:
        raise FileError("it names no actor", where=f"{where}, actors", do="write a row for each actor")
    return tuple(rows.values())


def _row(given: object, dimensions: tuple[Dimension, ...], where: str) -> Row:
    if not isinstance(given, Mapping):
        raise FileError(f"{given!r} is no row", where=where, do=f"write {{{', '.join(ROW_KEYS)}}}")
    _known(given, ROW_KEYS, where)
    actor = str(given.get("actor") or "").strip()
    where = f"{where} ({actor})" if actor else where
    position = salience = capability = None
    if given.get("position") is not None:
        each = zip(dimensions, _by_dimension(given["position"], dimensions, f"{where}, position"), strict=True)
        position = tuple(figure(one, f"{where}, position, {of.name}", of.low, of.high) for of, one in each)
    if given.get("salience") is not None:
        salience = _salience(given["salience"], dimensions, f"{where}, salience")
    if given.get("capability") is not None:
        capability = figure(given["capability"], f"{where}, capability", 0.0, math.inf)
    return Row(actor, position, salience, capability)


def _salience(given: object, dimensions: tuple[Dimension, ...], where: str) -> tuple[Estimate, ...]:
    found = tuple(figure(one, where, 0.0, WHOLE) for one in _by_dimension(given, dimensions, where))
    most = sum(one.high for one in found)
    if most > WHOLE + 1e-9:
        raise FileError(f"salience sums to {most:g}", where=where, do=f"divide at most {WHOLE:g} over the dimensions")
    if sum(one.low for one in found) <= 0.0:
        raise FileError("an actor that cares for nothing", where=where, do="give it some salience, or leave it out")
    return found


def _by_dimension(given: object, dimensions: tuple[Dimension, ...], where: str) -> list[object]:
    """One entry a dimension, from a list, from a map by dimension, or from one figure where there is one dimension."""
    if isinstance(given, Mapping) and set(given) - {"low", "best", "high"}:
        _known(given, tuple(one.name for one in dimensions), where)
        missing = [one.name for one in dimensions if one.name not in given]
        if missing:
            raise FileError(f"nothing is said of {', '.join(missing)}", where=where, do="give a figure for each")
        return [given[one.name] for one in dimensions]
    return _each(given, len(dimensions), where)


def _each(given: object, several: int, where: str) -> list[object]:
    if not isinstance(given, list):
        given = [given]
    if len(given) != several:
        hint = "; an interval is written [[20, 40]]" if several == 1 and len(given) == 2 else ""
        raise FileError(
            f"{len(given)} figures for {several} dimension{'s' if several > 1 else ''}",
            where=where, do=f"give one figure for each dimension{hint}",
        )  # fmt: skip
    return list(given)


def figure(given: object, where: str, least: float, most: float) -> Estimate:
    """A number, [low, high] or {low, best, high}, within bounds. Raises FileError."""
    if isinstance(given, Mapping):
        _known(given, ("low", "best", "high"), where)
        if given.get("low") is None or given.get("high") is None:
            raise FileError("an interval without both ends", where=where, do="write {low: 20, best: 30, high: 40}")
        low, high = number(given["low"], where), number(given["high"], where)
        best = number(given["best"], where) if given.get("best") is not None else (low + high) / 2.0
    elif isinstance(given, list):
        low, high = (number(one, where) for one in _pair(given, where))
        best = (low + high) / 2.0
    else:
        low = best = high = number(given, where)
    if not low <= best <= high:
        raise FileError(f"{low:g}, {best:g}, {high:g} are not in order", where=where, do="give the lower end first")
    if low < least or high > most:
        bounds = f"{least:g} or more" if math.isinf(most) else f"{least:g} to {most:g}"
        raise FileError(f"{low if low < least else high:g} is out of bounds", where=where, do=f"give {bounds}")
    return Estimate(low, best, high)


def number(given: object, where: str) -> float:
    """A finite number. Raises FileError."""
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not math.isfinite(given):
        raise FileError(f"{given!r} is no number", where=where, do="write a number such as 35.5")
    return float(given)


def whole(given: object, where: str, least: int) -> int:
    """A whole number of at least so much. Raises FileError."""
    if isinstance(given, bool) or not isinstance(given, int) or given < least:
        raise FileError(f"{given!r} is no whole number of {least} or more", where=where, do="write one")
    return given


def _pair(given: object, where: str) -> Sequence[object]:
    if not isinstance(given, list) or len(given) != 2:
        raise FileError(f"{given!r} is no interval", where=where, do="write [low, high]")
    return given


def _listed(given: object, where: str) -> list[object]:
    if given is None:
        return []
    if isinstance(given, str):
        return [given]
    if not isinstance(given, list):
        raise FileError("it is not a list", where=where, do="write [one, two]")
    return given


def _map(given: object, where: str) -> Mapping[str, object]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise FileError("it is not a map", where=where, do="write name: value")
    return {str(key): value for key, value in given.items()}


def _known(given: Mapping[str, object], known: Sequence[str], where: str) -> None:
    for key in given:
        if key not in known:
            near = ", ".join(get_close_matches(str(key), known)) or ", ".join(known)
            raise FileError(f"no field is called {key!r}", where=where, do=f"near names: {near}")


def _day(given: object, where: str) -> int | None:
    if given is None:
        return None
    if isinstance(given, date):
        return given.toordinal()
    try:
        return day_of(str(given))
    except QuestionError as problem:
        raise FileError(problem.what, where=f"{where}, field on", do="write on: 2024-01-31") from None


def _years(given: object, where: str) -> tuple[int, int] | None:
    if given is None:
        return None
    first, last = (whole(one, f"{where}, years", 1946) for one in _pair(given, f"{where}, years"))
    if first > last:
        raise FileError(f"years from {first} to {last}", where=f"{where}, years", do="give the first year first")
    return first, last
