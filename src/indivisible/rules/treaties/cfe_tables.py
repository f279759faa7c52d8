"""The tables behind the conventional forces texts: ceilings, zones that change, groups, each row with its article."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indivisible.values import day_of

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Limit:
    """One figure of an article: for whom, where and for what, from which day to which, and how sure it is."""

    article: str
    state: str
    host: str
    zone: str
    category: str
    status: str
    limit: int
    begin: int | None
    end: int | None
    confidence: str
    source: str

    def due(self, day: int) -> bool:
        """Whether the figure applies on the day."""
        return (self.begin is None or day >= self.begin) and (self.end is None or day < self.end)


@lru_cache(maxsize=16)
def limits(name: str) -> tuple[Limit, ...]:
    """Every figure of a table, in its order."""
    return tuple(
        Limit(
            row["article"], row.get("state", ""), row.get("host", ""), row.get("zone", ""), row["category"],
            row.get("status", ""), int(row["limit"]), _day(row.get("from", "")), _day(row.get("to", "")),
            row["confidence"], row["source"],
        )
        for row in rows(name)
    )  # fmt: skip


@lru_cache(maxsize=256)
def zones_on(day: int) -> Mapping[str, str]:
    """Every zone with the wider zone of which it is a part on the day; an empty string marks a whole."""
    return {row["zone"]: row["within"] for row in rows("cfe_1990_zones.csv") if _holds(row, day)}


@lru_cache(maxsize=256)
def groups_on(day: int) -> Mapping[str, tuple[str, ...]]:
    """The states of each group of States Parties on the day."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("cfe_1990_groups.csv"):
        if _holds(row, day):
            found[row["group"]] = (*found.get(row["group"], ()), row["state"])
    return found


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table beside this module."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> int | None:
    return day_of(text) if text else None


def _holds(row: Mapping[str, str], day: int) -> bool:
    begin, end = _day(row["from"]), _day(row["to"])
    return (begin is None or day >= begin) and (end is None or day < end)
