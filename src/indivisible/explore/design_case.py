"""What a designer asks: where we stand, which steps are on the table, what counts as harm, and what is wanted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from indivisible.architecture.change_file import Table, parse_table, read_text
from indivisible.architecture.to_arrays import HOSTILITIES
from indivisible.assess.assess import chosen_models, chosen_settings
from indivisible.assess.comparison import BECKLEY
from indivisible.assess.draws import MOST as MOST_DRAWS
from indivisible.assess.vacuum_levels import chosen_domains
from indivisible.assess.verdict import DEFAULT_MATERIALITY, checked_materiality
from indivisible.errors import FileError, QuestionError, UnknownName
from indivisible.explore.lever import Lever, levers_of
from indivisible.models import MODELS
from indivisible.models.base import Value
from indivisible.values import day_of

SCHEMA = "design-case/1"
KEYS = (
    "schema", "name", "title", "description", "sources", "start", "levers", "must", "harm", "aims", "limits", "power",
    "hostility",
)  # fmt: skip
DEFAULT_MODELS = ("deterrence", "distance")
FEWEST_LEVERS, FEWEST_STEPS, MOST_LEVERS, MOST_STEPS = "fewest_levers", "fewest_steps", "most_levers", "most_steps"
MOST_GAIN, LEXIMIN, LEAST_VACUUM = "most_gain", "leximin", "least_vacuum"
PREFERENCES = (FEWEST_LEVERS, FEWEST_STEPS, LEAST_VACUUM, LEXIMIN, MOST_GAIN, MOST_LEVERS, MOST_STEPS)
EVERYONE = "everyone"
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

    `closed` are domains in which every two states are to have a legal duty to each other. `vacuum` names those among
    whom that is asked, and among whom open cells are counted.
    """

    gain: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    vacuum: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    prefer: tuple[str, ...] = (MOST_GAIN, FEWEST_LEVERS)


@dataclass(frozen=True)
class Limits:
    """How far to search: levers and steps in one package (None: all), packages looked at, seconds (None: no end).

    `in_full`: so many packages are judged in full whatever they promise; beyond, those that can still be beaten by no
    other. A proof of what cannot be met judges as many again.
    """

    levers: int | None = None
    steps: int | None = None
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
    """The folder of a world of its own; None where the case starts from the record. Raises FileError."""
    if not case.facts:
        return None
    folder = _folder(case) / case.facts
    if not folder.is_dir():
        do = "name a folder of claims and sources beside the case"
        raise FileError(f"there is no folder {case.facts!r}", where=f"{case.where}, field start.facts", do=do)
    return folder


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
    must = _each_once(table.texts("must"))
    for one in must:
        if one not in {lever.id for lever in levers}:
            raise FileError(f"{one!r} is no lever of this case", where=table.where("must"))
    on, after, facts = _start(_one(table, "start", ("on", "after", "facts")))
    power, hostility = table.text("power") or BECKLEY, table.text("hostility") or "conflicts"
    if power != BECKLEY and not power.startswith("cinc"):
        do = f"{BECKLEY}, or cinc once imported"
        raise FileError(f"no measure of power is called {power!r}", where=table.where("power"), do=do)
    if hostility not in HOSTILITIES:
        do = " or ".join(HOSTILITIES)
        raise FileError(f"no source of hostility is called {hostility!r}", where=table.where("hostility"), do=do)
    return DesignCase(
        name=_name(table),
        title=table.text("title", required=True),
        description=table.text("description"),
        sources=table.texts("sources"),
        on=on,
        after=after,
        facts=facts,
        levers=levers,
        must=must,
        harm=_harm(_one(table, "harm", ("models", "settings", "states", "materiality", "draws"))),
        aims=_aims(_one(table, "aims", ("gain", "covered", "vacuum", "closed", "prefer"))),
        limits=_limits(_one(table, "limits", ("levers", "steps", "evaluations", "seconds", "in_full"))),
        power=power,
        hostility=hostility,
        where=where,
        text=text,
    )


@contextmanager
def _told(table: Table, key: str) -> Iterator[None]:
    """What is wrong in a field is told with its file and line."""
    try:
        yield
    except QuestionError as problem:
        raise FileError(problem.what, where=table.where(key), do=problem.do) from None


def _name(table: Table) -> str:
    """The name of the case, which files are called by."""
    name = table.text("name", required=True)
    if not name.isprintable() or name.startswith(".") or set(name) & set('/\\:*?"<>|'):
        raise FileError(f"name cannot be {name!r}", where=table.where("name"), do="files are called by it")
    return name


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _start(table: Table | None) -> tuple[str, str, str]:
    """The day, the change that is taken for granted, and the folder of facts; empty where not given."""
    if table is None:
        return "", "", ""
    on = table.text("on")
    if on:
        with _told(table, "on"):
            day_of(on)
    return on, table.text("after"), table.text("facts")


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
    with _told(table, "materiality"):
        materiality = checked_materiality(_number(table, "materiality", DEFAULT_MATERIALITY))
    with _told(table, "models"):
        models = chosen_models(table.texts("models") or DEFAULT_MODELS)
    asked = [model.name for model in models]
    for key in settings:
        if (name := key.partition(".")[0]) in {model.name for model in MODELS} and name not in asked:
            said = f"{key} is a constant of a model that is not asked"
            raise FileError(said, where=table.where("settings"), do=f"models: {', '.join(asked)}")
    with _told(table, "settings"):
        chosen_settings(models, settings)
    names, states = table.texts("models"), table.texts("states")
    drawn = _one(table, "draws", ("count", "seed", "most"))
    if drawn is None:
        return Harm(names, settings, states, materiality)
    count, most = _whole(drawn, "count", 0, least=1), _number(drawn, "most", 0.0)
    for key, value, limit in (("count", count, MOST_DRAWS), ("most", most, 1)):
        if value > limit:
            raise FileError(f"{key} must be at most {limit:,}, not {value:,g}", where=drawn.where(key))
    return Harm(names, settings, states, materiality, count, _whole(drawn, "seed", 0), most)


def _aims(table: Table | None) -> Aims:
    if table is None:
        return Aims()
    prefer = _each_once(table.texts("prefer")) or (MOST_GAIN, FEWEST_LEVERS)
    for one in prefer:
        if one not in PREFERENCES:
            raise FileError(f"{one!r} is nothing to compare by", where=table.where("prefer"), do=", ".join(PREFERENCES))
    vacuum, domains = table.texts("vacuum"), table.texts("closed")
    with _told(table, "closed"):
        closed = chosen_domains(domains) if domains else ()
    if vacuum and not closed and LEAST_VACUUM not in prefer:
        do = f"write prefer: [{LEAST_VACUUM}], or closed: [...] with domains"
        raise FileError("vacuum says among whom, but nothing asks for it", where=table.where("vacuum"), do=do)
    return Aims(table.texts("gain"), table.texts("covered"), vacuum, closed, prefer)


def _limits(table: Table | None) -> Limits:
    if table is None:
        return Limits()
    given = [key for key in ("levers", "steps", "evaluations", "in_full") if table.values.get(key) is not None]
    whole = {key: _whole(table, key, 0, least=1) for key in given}
    seconds = _number(table, "seconds", 0.0)
    if table.values.get("seconds") is not None and not seconds:
        raise FileError("seconds must be more than 0", where=table.where("seconds"), do="leave it out for no end")
    return Limits(
        whole.get("levers"), whole.get("steps"), whole.get("evaluations", EVALUATIONS), seconds or None,
        whole.get("in_full", IN_FULL),
    )  # fmt: skip


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
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise FileError(f"{key} must be a number from 0 up, not {value!r}", where=table.where(key))
    return float(value)


def _whole(table: Table, key: str, default: int, *, least: int = 0) -> int:
    """A whole number; `default` where there is none, if that is enough."""
    value = _number(table, key, default)
    if value != int(value):
        raise FileError(f"{key} must be a whole number, not {value!r}", where=table.where(key))
    if value < least and (table.values.get(key) is not None or default < least):
        raise FileError(f"{key} must be {least} or more", where=table.where(key))
    return int(value)
