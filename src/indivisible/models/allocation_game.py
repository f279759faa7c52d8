"""A small world of friends and adversaries from a file, and every equilibrium of the power allocation game in it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from indivisible.architecture.arrays import Arrays, Integers
from indivisible.architecture.change_file import read_table, read_text
from indivisible.errors import FileError
from indivisible.measures.allocation import PRECARIOUS, SAFE, UNSAFE, Equilibria, equilibria
from indivisible.models import allocation
from indivisible.models.base import settle
from indivisible.record.table import Table

SCHEMA = "allocation/1"
_COLUMNS = ("state", "power", "friends", "adversaries")
_WORDS = {SAFE: "safe", PRECARIOUS: "precarious", UNSAFE: "unsafe"}
_COUNT = "equilibria"


@dataclass(frozen=True, slots=True)
class SmallWorld:
    """States in the order of the alphabet, their power in whole units, and pairs of friends and of adversaries."""

    file: str
    powers: Mapping[str, int]
    friends: frozenset[frozenset[str]]
    adversaries: frozenset[frozenset[str]]

    @property
    def ties(self) -> Integers:
        """[n, n]: 1 friends, -1 adversaries, 0 neither."""
        row = {state: k for k, state in enumerate(self.powers)}
        table = np.zeros((len(row), len(row)), dtype=np.int64)
        for pairs, sign in ((self.friends, 1), (self.adversaries, -1)):
            for a, b in map(sorted, pairs):
                table[row[a], row[b]] = table[row[b], row[a]] = sign
        return table


def all_equilibria(path: Path) -> Table:
    """Every pure equilibrium of the world in a file, by outcome; and who survives in all of them, or in some.

    Beside it, who survives the worst that adversaries can do, as the model `allocation` reads it. Raises FileError for
    a file that cannot be read, QuestionError for more than six states or too many ways of spending power.
    """
    world = read_world(path)
    found = equilibria(list(world.powers.values()), world.ties)
    states = _states(world, found)
    return Table(
        schema=SCHEMA,
        about={"file": world.file},
        says=_says(found, states),
        body=tuple(
            {_COUNT: count} | {state: _WORDS[s] for state, s in zip(world.powers, outcome, strict=True)}
            for outcome, count in sorted(found.outcomes.items(), key=lambda item: (-item[1], item[0]))
        ),
        record="",
        extra={"profiles": found.profiles, _COUNT: found.count, "outcomes": len(found.outcomes), "states": states},
    )


def read_world(path: Path) -> SmallWorld:
    """The world in a YAML file (key `states`: maps of state, power, friends, adversaries) or a CSV with these columns.

    A tie written on one side holds for both. Raises FileError with the line.
    """
    rows = list(_of_csv(path) if path.suffix.lower() == ".csv" else _of_yaml(path))
    if not rows:
        raise FileError("holds no states", where=str(path), do="write one a line")
    powers: dict[str, int] = {}
    for row in rows:
        if row.state in powers or row.state in ("", _COUNT):
            again = "stands twice" if row.state in powers else "is no name for a state"
            raise FileError(f"{row.state!r} {again}", where=row.where, do="give every state a name of its own")
        powers[row.state] = _power(row)
    friends, adversaries = (_pairs(rows, powers, pick) for pick in (lambda r: r.friends, lambda r: r.adversaries))
    for both in sorted(map(sorted, friends & adversaries)):
        raise FileError(f"{' and '.join(both)} are friends and adversaries", where=str(path), do="keep one of the two")
    return SmallWorld(str(path), dict(sorted(powers.items())), friends, adversaries)


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    state: str
    power: object
    friends: tuple[str, ...]
    adversaries: tuple[str, ...]


def _of_yaml(path: Path) -> Iterable[_Row]:
    whole = read_table(path)
    whole.refuse_unknown(("schema", "states"))
    if whole.text("schema", required=True) != SCHEMA:
        raise FileError("is another kind of file", where=whole.where("schema"), do=f"write schema: {SCHEMA}")
    for table in whole.tables("states"):
        table.refuse_unknown(_COLUMNS)
        name, power = table.text("state", required=True), table.values.get("power")
        yield _Row(table.where("state"), name, power, table.texts("friends"), table.texts("adversaries"))


def _of_csv(path: Path) -> Iterable[_Row]:
    reader = csv.DictReader(read_text(path, str(path)).splitlines())
    missing = [name for name in _COLUMNS[:2] if name not in (reader.fieldnames or ())]
    unknown = [name for name in reader.fieldnames or () if name not in _COLUMNS]
    if missing or unknown:
        said = f"lacks the column {missing[0]}" if missing else f"has an unknown column {unknown[0]!r}"
        raise FileError(said, where=f"{path}, line 1", do=f"write {','.join(_COLUMNS)}; names separated by blanks")
    for line, row in enumerate(reader, start=2):
        names = [tuple((row.get(key) or "").split()) for key in ("friends", "adversaries")]
        yield _Row(f"{path}, line {line}", (row["state"] or "").strip(), row["power"], *names)


def _power(row: _Row) -> int:
    text = str(row.power)
    if isinstance(row.power, bool) or not text.strip().isdigit():
        raise FileError(f"the power of {row.state} is {text!r}", where=row.where, do="write a whole number from 0 up")
    return int(text)


def _pairs(
    rows: Sequence[_Row], powers: Mapping[str, int], pick: Callable[[_Row], tuple[str, ...]]
) -> frozenset[frozenset[str]]:
    found = set()
    for row in rows:
        for other in pick(row):
            if other not in powers:
                near = ", ".join(get_close_matches(other, powers, n=3) or powers)
                raise FileError(f"{other!r} is no state of this world", where=row.where, do=f"near names: {near}")
            if other == row.state:
                raise FileError(f"{other} is tied to itself", where=row.where, do="leave the tie out")
            found.add(frozenset((row.state, other)))
    return frozenset(found)


def _states(world: SmallWorld, found: Equilibria) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    arrays = Arrays.of(
        dict(world.powers),
        defence=[(a, b) for a, b in map(sorted, world.friends)],
        hostile=[(a, b) for a, b in map(sorted, world.adversaries)],
    )
    worst = {}
    for output in ("assured", "possible"):
        reading = allocation.read(arrays, settle(allocation.name, allocation.parameters, {"output": output}))
        worst[output] = np.where(reading.unopposed, 1.0, reading.best)
    ends = zip(found.survive_in_all(), found.survive_in_some(), strict=True)
    for i, ((state, power), (in_all, in_some)) in enumerate(zip(world.powers.items(), ends, strict=True)):
        rows.append(
            {
                "state": state,
                "power": power,
                "survives_in_all": in_all,
                "survives_in_some": in_some,
                **{output: bool(score[i]) for output, score in worst.items()},
            }
        )
    return rows


def _says(found: Equilibria, states: Sequence[Mapping[str, object]]) -> str:
    """The counts, and four lists of states."""

    def those(test: Callable[[Mapping[str, object]], bool]) -> str:
        return ", ".join(str(one["state"]) for one in states if test(one)) or "none"

    return (
        f"Equilibria: {found.count:,} of {_counted(found.profiles, 'way', 'ways')} to spend power, with "
        f"{_counted(len(found.outcomes), 'outcome', 'outcomes')}. Surviving in every equilibrium: "
        f"{those(lambda s: bool(s['survives_in_all']))}; in some only: "
        f"{those(lambda s: bool(s['survives_in_some']) and not s['survives_in_all'])}; in none: "
        f"{those(lambda s: not s['survives_in_some'])}. Whatever adversaries do, surviving when friends share out what "
        f"they can spare (assured): {those(lambda s: bool(s['assured']))}; with all that friends have (possible): "
        f"{those(lambda s: bool(s['possible']))}."
    )


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
