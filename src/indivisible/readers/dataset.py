"""What an outside dataset is: its publisher and terms, the years it covers, and how its files are laid out.

A dataset is described by `dataset.yml` in its folder; this module turns that file into frozen objects and
refuses a description with a key it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

TYPES = ("integer", "number", "yes_no", "text", "date")
KINDS = ("panel", "events", "spells", "cross-section")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type, the values it may take, and the codes that mean "missing" (they become null)."""

    name: str
    type: str
    low: float | None = None
    high: float | None = None
    values: tuple[str | int, ...] = ()
    missing: tuple[str | int | float, ...] = ()
    filled: bool | None = None  # null is refused; None: in a key only
    optional: bool = False  # the file may lack the column
    drop: bool = False  # known, popped, not kept
    format: str = ""  # of a date that is not written YYYY-MM-DD, as in strptime
    about: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which a publisher (or a redistributor) lays the dataset out in a file."""

    name: str
    about: str
    files: tuple[str, ...]  # shell patterns of file names
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    like: tuple[tuple[re.Pattern[str], Column], ...] = ()  # columns known by a pattern of their name
    header: str = ""  # first word of the header line, where lines precede it
    version: str = ""
    editions: Mapping[int, str] | None = None  # last year in the file -> version
    last_year: str = "year"  # column that tells the last year the file covers

    def column(self, name: str) -> Column | None:
        """The declared column of that name, or None if the layout does not know it."""
        if name in self.columns:
            return self.columns[name]
        for pattern, column in self.like:
            if pattern.fullmatch(name):
                return column
        return None

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(name for name, column in self.columns.items() if not column.optional)

    def version_of(self, last_year: int | None) -> str:
        """The version of a file that ends in `last_year`."""
        if self.version:
            return self.version
        if last_year is None:
            return "unknown"
        return (self.editions or {}).get(last_year, f"to {last_year}")


@dataclass(frozen=True, slots=True)
class Window:
    """Years covered, both ends included; `last` None is "as far as the file goes"; `every` is the step."""

    first: int
    last: int | None
    every: int = 1


@dataclass(frozen=True, slots=True)
class Dataset:
    """One outside dataset, as `dataset.yml` describes it."""

    key: str
    title: str
    about: str
    publisher: str
    site: str
    terms: str
    citations: tuple[Mapping[str, str], ...]
    unit: str
    kind: str
    complete: bool  # inside the coverage, what is not listed is not so
    windows: tuple[Window, ...]
    layouts: tuple[Layout, ...]
    table: Mapping[str, Column]
    unique: tuple[str, ...]
    reader: int
    traps: tuple[str, ...] = ()

    @property
    def coverage_text(self) -> str:
        """The declared years in words: `1816 to 2016`, `1960 to the file's last year`."""
        return windows_text(self.windows)


def windows_text(windows: Sequence[Window]) -> str:
    """Coverage windows in words."""
    if not windows:
        return "no window declared"
    return ", ".join(_window_text(window) for window in windows)


def _window_text(window: Window) -> str:
    last = "the file's last year" if window.last is None else str(window.last)
    step = "" if window.every == 1 else f" (every {window.every} years)"
    return f"{window.first} to {last}{step}"


@cache
def dataset(key: str) -> Dataset:
    """Read the description of one dataset that is in `readers.DATASETS`."""
    import yaml

    text = resources.files("indivisible.readers").joinpath(key, "dataset.yml").read_text(encoding="utf-8")
    return parse(yaml.safe_load(text), key)


def parse(data: dict[str, Any], key: str) -> Dataset:
    """A Dataset from the parsed YAML; raises ValueError (a mistake in the package, not of the user's)."""
    data = dict(data)
    columns = {name: _column(name, given, ()) for name, given in data.pop("table").items()}
    layouts = tuple(_layout(given) for given in data.pop("layouts"))
    windows = tuple(Window(given["from"], given["to"], given.get("every", 1)) for given in data.pop("coverage"))
    made = Dataset(
        key=data.pop("key"),
        title=data.pop("title"),
        about=data.pop("about"),
        publisher=data.pop("publisher"),
        site=data.pop("site"),
        terms=data.pop("terms"),
        citations=tuple(data.pop("citations")),
        unit=data.pop("unit"),
        kind=data.pop("kind"),
        complete=data.pop("complete"),
        windows=windows,
        layouts=layouts,
        table=columns,
        unique=tuple(data.pop("unique")),
        reader=data.pop("reader"),
        traps=tuple(data.pop("traps", ())),
    )
    if data or made.key != key or made.kind not in KINDS:
        raise ValueError(f"{key}/dataset.yml: key {made.key!r}, kind {made.kind!r}, unknown entries {sorted(data)}")
    return made


def _layout(given: dict[str, Any]) -> Layout:
    given = dict(given)
    missing = tuple(given.pop("missing", ("", "NA")))
    columns = {name: _column(name, spec, missing) for name, spec in given.pop("columns").items()}
    like = tuple((re.compile(name), _column(name, spec, missing)) for name, spec in given.pop("like", {}).items())
    made = Layout(
        name=given.pop("name"),
        about=given.pop("about", ""),
        files=tuple(given.pop("files")),
        key=tuple(given.pop("key")),
        columns=columns,
        like=like,
        header=given.pop("header", ""),
        version=str(given.pop("version", "")),
        editions=given.pop("editions", None),
        last_year=given.pop("last_year", "year"),
    )
    if given or not set(made.key) <= set(columns):
        raise ValueError(f"layout {made.name}: unknown entries {sorted(given)} or a key that is not a column")
    return made


def _column(name: str, given: Any, missing: tuple[str | int | float, ...]) -> Column:
    given = dict(given)
    made = Column(
        name=name,
        type=given.pop("type"),
        low=given.pop("low", None),
        high=given.pop("high", None),
        values=tuple(given.pop("values", ())),
        missing=(*missing, *given.pop("missing", ())),
        filled=given.pop("filled", None),
        optional=given.pop("optional", False),
        drop=given.pop("drop", False),
        format=given.pop("format", ""),
        about=given.pop("about", ""),
    )
    if given or made.type not in TYPES:
        raise ValueError(f"column {name}: type {made.type!r}, unknown entries {sorted(given)}")
    return made
