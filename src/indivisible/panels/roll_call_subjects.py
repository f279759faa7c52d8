"""What the roll calls of the General Assembly were about: resolution, title and issues, where imported data tell.

The file of votes may tell issues itself. Otherwise they are taken from the publisher's lists of roll calls and of
issues; a cleaned file of votes numbers roll calls in its own way, so one is matched only where its place in the session
and its day are those of the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from indivisible import readers
from indivisible.errors import QuestionError
from indivisible.panels.assembly_votes import method
from indivisible.readers.home import read_stored
from indivisible.values import Truth

VOTES, CALLS, ISSUES = "unga_votes", "unga_roll_calls", "unga_issues"
OWN_NUMBERS = 1000  # a cleaned file numbers a roll call session * 1000 + place in the session


@dataclass(frozen=True, slots=True)
class Subjects:
    """By the number of a roll call in the file of votes: what it was about. What is missing is not known."""

    resolution: Mapping[int, str] = field(default_factory=dict)
    title: Mapping[int, str] = field(default_factory=dict)
    issues: Mapping[int, frozenset[str]] = field(default_factory=dict)
    datasets: tuple[str, ...] = ()


def issue_of(name: str) -> str:
    """The publisher's code of an issue, given the code or its name. Raises QuestionError that lists them."""
    issues: Mapping[str, str] = method()["issues"]
    for code, what in issues.items():
        if name.strip().casefold() in (code, what.casefold()):
            return code
    listed = ", ".join(f"{code} ({what})" for code, what in issues.items())
    raise QuestionError(f"no issue is called {name!r}", do=f"use one of: {listed}")


def subjects(first: int, last: int, *, home: Path | None = None) -> Subjects:
    """What the roll calls of sessions first..last were about. Raises MissingData if the votes are not imported."""
    lazy = readers.open(VOTES, home=home).filter(pl.col("session").is_between(first, last))
    if "issues" not in lazy.collect_schema():  # imported by an earlier reader
        lazy = lazy.with_columns(pl.lit(None, dtype=pl.String).alias("issues"))
    votes = lazy.select("roll_call", "session", "date", "issues").unique().collect()
    matched = _matched(votes, home)
    told = votes.filter(pl.col("issues").is_not_null())
    own = {number: frozenset(words.split()) for number, words in told.select("roll_call", "issues").iter_rows()}
    used: tuple[str, ...] = (CALLS,) if matched.height else ()
    if not own and matched.height and read_stored(ISSUES, home) is not None:
        own, used = _listed(matched, home), (CALLS, ISSUES)
    named = matched.select("roll_call", "resolution", "title").rows()
    return Subjects(
        {number: symbol for number, symbol, _ in named if symbol is not None},
        {number: title for number, _, title in named if title is not None},
        own,
        used,
    )


def _matched(votes: pl.DataFrame, home: Path | None) -> pl.DataFrame:
    """The roll calls of the publisher's list that are surely those of the file of votes."""
    if read_stored(CALLS, home) is None:
        return pl.DataFrame(schema={"roll_call": pl.Int64, "resolution": pl.String, "title": pl.String})
    calls = readers.open(CALLS, home=home).select("rcid", "session", "number", "date", "resolution", "title").collect()
    if (votes["roll_call"] // OWN_NUMBERS == votes["session"]).all():
        placed = votes.with_columns((pl.col("roll_call") % OWN_NUMBERS).alias("number"))
        return placed.join(calls, on=["session", "number", "date"], how="inner")
    return votes.join(calls.drop("session", "number", "date"), left_on="roll_call", right_on="rcid", how="inner",
                      coalesce=False)  # fmt: skip


def _listed(matched: pl.DataFrame, home: Path | None) -> dict[int, frozenset[str]]:
    """The issues by the publisher's list; a roll call of a year that it covers and that it lacks is about none."""
    about: dict[int, set[str]] = {}
    for rcid, issue in readers.open(ISSUES, home=home).select("rcid", "issue").collect().iter_rows():
        about.setdefault(rcid, set()).add(issue)
    years = matched["date"].dt.year()
    covered = {year: readers.covers(ISSUES, year, home=home) is Truth.YES for year in years.unique().to_list()}
    pairs = zip(matched["roll_call"], matched["rcid"], years, strict=True)
    return {number: frozenset(about.get(rcid, ())) for number, rcid, year in pairs if covered[year]}
