"""What a designer asks: where we stand, which steps are on the table, what counts as harm, and what is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indivisible.architecture.change_file import Table, parse_table, read_text
from indivisible.assess.verdict import DEFAULT_MATERIALITY, checked_materiality
from indivisible.errors import FileError, UnknownName
from indivisible.explore.lever import Lever, levers_of
from indivisible.models.base import Value

SCHEMA = "design-case/1"
KEYS = (
    "schema", "name", "title", "description", "sources", "start", "levers", "must", "harm", "aims", "limits", "power",
    "hostility",
)  # fmt: skip
FEWEST_LEVERS, MOST_GAIN, LEXIMIN, LEAST_VACUUM = "fewest_levers", "most_gain", "leximin", "least_vacuum"
PREFERENCES = (FEWEST_LEVERS, LEAST_VACUUM, LEXIMIN, MOST_GAIN)
SHIPPED = (
    "cis-csto", "drafts-2021", "eurasian-architecture", "europe-1997", "five-lands", "nordic-accession",
)  # fmt: skip
EVALUATIONS = 1 << 17
IN_FULL = 256


@dataclass(frozen=True)
class Harm:
    """What counts as harm: by which models, to which states, from which share on.

    `states` are names, `members of X` among them; empty means all. With `draws` a state may lose in at most the share
    `most` of them.
    """

    models: tuple[str, ...] = ()
    settings: Mapping[str, Value] = field(default_factory=dict)
    states: tuple[str, ...] = ()
    materiality: float = DEFAULT_MATERIALITY
    draws: int = 0
    seed: int = 0
    most: float = 0.0


@dataclass(frozen=True)
class Aims:
    """What is wanted: these gain, each of these is covered by a defence pledge; and by what packages are compared.

    `vacuum` names the organisations among whose members open cells are counted.
    """

    gain: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    vacuum: tuple[str, ...] = ()
    prefer: tuple[str, ...] = (MOST_GAIN, FEWEST_LEVERS)


@dataclass(frozen=True)
class Limits:
    """How far to search: levers in one package (None: all), packages looked at, seconds (None: no end).

    `in_full`: so many packages are judged in full whatever they promise; beyond, those that can still be beaten by no
    other. A proof of what cannot be met judges as many again.
    """

    levers: int | None = None
    evaluations: int = EVALUATIONS
    seconds: float | None = None
    in_full: int = IN_FULL


@dataclass(frozen=True)
class DesignCase:
    """A question of design, as its file has it.

    It starts `on` a day of the record, `after` a change that is taken for granted, or in a world of its own: `facts`
    names a folder of claims and sources beside the case.
    """

    name: str
    title: str
    description: str
    sources: tuple[str, ...]
    on: str
    after: str
    facts: str
    levers: tuple[Lever, ...]
    must: tuple[str, ...]
    harm: Harm
    aims: Aims
    limits: Limits
    power: str
    hostility: str
    where: str
    text: str


def load_case(name: str) -> DesignCase:
    """A case that ships, or the path of a file. Raises UnknownName, FileError."""
    if name.endswith((".yml", ".yaml")):
        return case_of(read_text(Path(name), name), name)
    if name not in SHIPPED:
        raise UnknownName(name, "case", SHIPPED)
    called = f"cases/{name}.yml"
    return case_of(read_text(Path(__file__).parent / called, called), called)


def facts_of(case: DesignCase) -> Path | None:
    """The folder of a world of its own; None where the case starts from the record."""
    return _folder(case) / case.facts if case.facts else None


def beside(case: DesignCase, change: str) -> str:
    """A change that a case names: one that ships, or a file beside the case."""
    return str(_folder(case) / change) if change.endswith((".yml", ".yaml")) else change


def _folder(case: DesignCase) -> Path:
    return Path(__file__).parent / "cases" if case.where.startswith("cases/") else Path(case.where).parent


def case_of(text: str, where: str) -> DesignCase:
    """The case that a text describes. Raises FileError naming file, line and field."""
    table = parse_table(text, where)
    table.refuse_unknown(KEYS)
    if table.text("schema", required=True) != SCHEMA:
        raise FileError(f"schema must be {SCHEMA}", where=table.where("schema"))
    levers = levers_of(table.tables("levers"))
    if not levers:
        raise FileError("no lever is on the table", where=table.where("levers"), do="write levers: [{id:, steps:}]")
    must = table.texts("must")
    for one in must:
        if one not in {lever.id for lever in levers}:
            raise FileError(f"{one!r} is no lever of this case", where=table.where("must"))
    start = _one(table, "start", ("on", "after", "facts"))
    return DesignCase(
        name=table.text("name", required=True),
        title=table.text("title", required=True),
        description=table.text("description"),
        sources=table.texts("sources"),
        on="" if start is None else start.text("on"),
        after="" if start is None else start.text("after"),
        facts="" if start is None else start.text("facts"),
        levers=levers,
        must=must,
        harm=_harm(_one(table, "harm", ("models", "settings", "states", "materiality", "draws"))),
        aims=_aims(_one(table, "aims", ("gain", "covered", "vacuum", "prefer"))),
        limits=_limits(_one(table, "limits", ("levers", "evaluations", "seconds", "in_full"))),
        power=table.text("power") or "beckley_2018",
        hostility=table.text("hostility") or "conflicts",
        where=where,
        text=text,
    )


def _one(table: Table, key: str, known: tuple[str, ...]) -> Table | None:
    value = table.values.get(key)
    if value is None:
        return None
    if not isinstance(value, Table):
        raise FileError(f"{key} must be a map", where=table.where(key), do=f"known here: {', '.join(known)}")
    value.refuse_unknown(known)
    return value


def _harm(table: Table | None) -> Harm:
    if table is None:
        return Harm()
    settings = _one_of_any(table, "settings")
    drawn = _one(table, "draws", ("count", "seed", "most"))
    materiality = _number(table, "materiality", DEFAULT_MATERIALITY)
    return Harm(
        table.texts("models"),
        settings,
        table.texts("states"),
        checked_materiality(materiality),
        0 if drawn is None else _whole(drawn, "count", 0),
        0 if drawn is None else _whole(drawn, "seed", 0),
        0.0 if drawn is None else _number(drawn, "most", 0.0),
    )


def _aims(table: Table | None) -> Aims:
    if table is None:
        return Aims()
    prefer = table.texts("prefer") or (MOST_GAIN, FEWEST_LEVERS)
    for one in prefer:
        if one not in PREFERENCES:
            raise FileError(f"{one!r} is nothing to compare by", where=table.where("prefer"), do=", ".join(PREFERENCES))
    return Aims(table.texts("gain"), table.texts("covered"), table.texts("vacuum"), prefer)


def _limits(table: Table | None) -> Limits:
    if table is None:
        return Limits()
    levers = _whole(table, "levers", 0)
    seconds = _number(table, "seconds", 0.0)
    evaluations, in_full = _whole(table, "evaluations", EVALUATIONS), _whole(table, "in_full", IN_FULL)
    for key, value in (("evaluations", evaluations), ("in_full", in_full)):
        if not value:
            raise FileError(f"{key} must be 1 or more", where=table.where(key))
    return Limits(levers or None, evaluations, seconds or None, in_full)


def _one_of_any(table: Table, key: str) -> dict[str, Value]:
    value = table.values.get(key)
    if value is None:
        return {}
    if not isinstance(value, Table):
        raise FileError(f"{key} must be a map", where=table.where(key), do="write model.parameter: value")
    found: dict[str, Value] = {}
    for name, chosen in value.values.items():
        if not isinstance(chosen, str | int | float | bool):
            raise FileError(f"{name} has no plain value", where=value.where(name))
        found[name] = chosen
    return found


def _number(table: Table, key: str, default: float) -> float:
    value = table.values.get(key)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise FileError(f"{key} must be a number from 0 up, not {value!r}", where=table.where(key))
    return float(value)


def _whole(table: Table, key: str, default: int) -> int:
    value = _number(table, key, default)
    if value != int(value):
        raise FileError(f"{key} must be a whole number, not {value!r}", where=table.where(key))
    return int(value)
