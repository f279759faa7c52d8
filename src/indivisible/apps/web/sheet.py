"""What stands on a printed sheet: its title, day and viewpoint, what is said, its tables, its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indivisible import __version__
from indivisible.assess.verdict import NOT_SEEN
from indivisible.report.files import flat

MOST_ROWS, MOST_COLUMNS, MOST_REASONS = 5_000, 14, 60
Row = Mapping[str, Any]
_NEXT = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_PARTED = re.compile(r"models differ|differ between the models", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A table with what it shows; `names` are its columns, `note` what of it is left out."""

    caption: str
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet from top to bottom."""

    title: str
    below: tuple[str, ...]
    said: tuple[str, ...]
    parts: tuple[Part, ...]
    end: tuple[str, ...]


def sheet(answer: Any) -> Sheet:
    """What stands on the sheet of an answer; `answer` may say by whose viewpoint it is given."""
    own, data = getattr(answer, "plain", answer), answer.to_dict()
    title, said = _opened(own, data)
    view = getattr(answer, "view", None)
    below = [f"Day: {data['on']}." if data.get("on") else "", view.sentence() if view is not None else ""]
    words: tuple[str, ...] = ()
    if str(data.get("schema", "")).startswith("assess/"):
        said, words = _summed_up(data)
        parts = tuple(_assessed(answer, data))
    else:
        parts = (_part("", answer.rows()),) if answer.rows() else ()
    end = [*words, f"Sources: {', '.join(own.sources()) or 'none'}.", f"Record {data.get('record') or 'none'}",
           f"Made by indivisible {__version__}."]  # fmt: skip
    return Sheet(title, tuple(one for one in below if one), said, parts, tuple(end))


def _opened(own: Any, data: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The title of an answer, and what it says beneath: its own title, or the first of its sentences."""
    sentences = _NEXT.split(own.sentence().replace("in --json", "in the JSON"))
    title = data.get("title") or data.get("name")
    if isinstance(title, str) and title:
        return title, (" ".join(sentences),)
    return sentences[0], (" ".join(sentences[1:]),) if len(sentences) > 1 else ()


def _part(caption: str, rows: Sequence[Row]) -> Part:
    """Rows as a table: columns in which nothing stands are left out, and exact fractions where there are too many."""
    shown = [flat(dict(row)) for row in rows[:MOST_ROWS]]
    names = [
        name
        for name in dict.fromkeys(key for row in shown for key in row)
        if any(row.get(name) not in (None, "") for row in shown)
    ]
    notes = []
    if len(names) > MOST_COLUMNS and any(name.endswith("_exact") for name in names):
        names = [name for name in names if not name.endswith("_exact")]
        notes.append("The exact fractions are in the CSV.")
    if len(rows) > len(shown):
        notes.append(f"And {len(rows) - len(shown):,} more rows, which are in the CSV.")
    return Part(caption, tuple(names), tuple(shown), " ".join(notes))


def _summed_up(data: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What an assessment says first, where the models part, and all the rest that it says in words."""
    lines = [str(line) for line in data["summary"]]
    at = next((n for n, line in enumerate(lines) if _PARTED.search(line)), len(lines))
    last = at + 1
    while last < len(lines) and lines[last].startswith("- "):
        last += 1
    first = 0 if at == 0 else 1
    return (*lines[:first], *lines[at:last]), (*lines[first:at], *lines[last:])


def _assessed(answer: Any, data: Mapping[str, Any]) -> Iterator[Part]:
    """Counts by model, then what each model says of every state that one of them sees, then reasons if they are few."""
    counts = [
        {"model": _label(one), **{name.replace("_", " "): one["counts"][name] for name in one["counts"]},
         "nobody loses": "cannot say" if one["nobody_loses"] is None else one["nobody_loses"]}
        for one in data["models"]
    ]  # fmt: skip
    yield _part("How many states gain and lose, by each model; models are rivals and are never added up", counts)
    rows = answer.rows()
    states: dict[str, dict[str, Any]] = {}
    for row in rows:
        line = states.setdefault(row["state"], {"state": row.get("name") or row["state"]})
        line[row["model"]] = None if row["verdict"] == NOT_SEEN else row["verdict"]
        if row.get("statehood"):
            line["statehood"] = row["statehood"]
    models = list(dict.fromkeys(row["model"] for row in rows))
    seen = [line for line in states.values() if any(line.get(model) for model in models)]
    part = _part("What each model says of every state that one of them sees; empty: not seen by that model",
                 sorted(seen, key=lambda line: str(line["state"])))  # fmt: skip
    left = f"{len(states) - len(seen)} states that no model sees are left out."
    yield Part(part.caption, part.names, part.rows, left if len(seen) < len(states) else "")
    reasons = [
        {name: row.get(name) for name in ("name", "model", "verdict", "change", "because")}
        for row in rows
        if row["verdict"] in ("gains", "loses")
    ]
    if 0 < len(reasons) <= MOST_REASONS:
        yield _part("Why", reasons)
    elif reasons:
        yield Part(f"The reasons of {len(reasons)} gains and losses are in the CSV and in the JSON", (), ())


def _label(model: Mapping[str, Any]) -> str:
    return f"{model['model']} ({model['output']})" if model["output"] not in (None, model["model"]) else model["model"]
