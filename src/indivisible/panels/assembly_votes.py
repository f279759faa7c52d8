"""The General Assembly's recorded votes, made ready for placing states by them: which are left out, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from indivisible import readers
from indivisible.errors import QuestionError
from indivisible.panels.needed import need
from indivisible.readers.coverage import windows

Floats = NDArray[np.float64]
DATASET = "unga_votes"
LEVELS = {"yes": 1.0, "abstain": 2.0, "no": 3.0}


@dataclass(frozen=True, slots=True, eq=False)
class AssemblyVotes:
    """Votes [n, m] of n states by code in each session: 1 yes, 2 abstain, 3 no, NaN none.

    `first_days` and `last_days` [n, t]: between which days the state voted, 0 where it did not. `left_out` counts
    what was left out, by reason. `parts_told`: whether the file tells votes on amendments and paragraphs.
    """

    sessions: tuple[int, ...]
    codes: NDArray[np.int64]
    votes: tuple[Floats, ...]
    roll_calls: tuple[NDArray[np.int64], ...]
    first_days: NDArray[np.int64]
    last_days: NDArray[np.int64]
    left_out: Mapping[str, int]
    parts_told: bool


@cache
def method() -> Mapping[str, Any]:
    """What the published method fixes for these votes: anchors, sessions and states left out, issues."""
    import yaml

    text = resources.files("indivisible.readers").joinpath(DATASET, "ideal_points.yml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


def year_of(session: int) -> int:
    """The year in which a regular session opens."""
    return int(method()["year_of_session_0"]) + session


def assembly_votes(first: int, last: int, *, issue: str | None = None, home: Path | None = None) -> AssemblyVotes:
    """The votes of the sessions that opened in first..last.

    `issue`: only roll calls about it, by the publisher's code. Raises MissingData if the votes are not imported,
    QuestionError for an unknown issue, for a file that does not tell issues, and if no session opened in the years.
    """
    need([DATASET], home=home)
    table, left_out = _kept(readers.open(DATASET, home=home), first, last, home)
    parts_told = _told(table, "amendment") or _told(table, "paragraph")
    if parts_told:
        late = pl.col("session") > int(method()["parts_kept_to"]) - year_of(0)
        part = (pl.col("amendment").fill_null(False) | pl.col("paragraph").fill_null(False)) & late
        left_out["votes on amendments and paragraphs"] = table.filter(part).height
        table = table.filter(~part)
    if issue is not None:
        table = _about(table, issue)
    if not table.height:
        raise QuestionError(f"no votes are there from {first} to {last}{f' about {issue}' if issue else ''}")
    return _arrays(table, left_out, parts_told)


def _kept(lazy: pl.LazyFrame, first: int, last: int, home: Path | None) -> tuple[pl.DataFrame, dict[str, int]]:
    """The votes of the years, without absences, without what the method leaves out, and each of them once."""
    table = lazy.filter(pl.col("session").is_between(first - year_of(0), last - year_of(0))).collect()
    if not table.height:
        known = [f"{window.first} to {window.last}" for window in windows(DATASET, home=home)]
        raise QuestionError(
            f"no session with recorded votes opened from {first} to {last}", do=f"the file has {', '.join(known)}"
        )
    table = table.filter(pl.col("vote").is_in(list(LEVELS)))
    dropped = pl.col("session").is_in(method()["sessions_left_out"]) | pl.col("ccode").is_in(
        method()["states_left_out"]
    )
    left_out = {"votes in a session or of a state that the method leaves out": table.filter(dropped).height}
    table = table.filter(~dropped)
    unlike = pl.col("vote").n_unique().over("roll_call", "ccode") > 1
    left_out["votes that stand twice and differ"] = table.filter(unlike).height
    return table.filter(~unlike), left_out


def _told(table: pl.DataFrame, column: str) -> bool:
    return column in table.columns and table[column].null_count() < table.height


def _about(table: pl.DataFrame, issue: str) -> pl.DataFrame:
    issues = method()["issues"]
    if issue not in issues:
        listed = ", ".join(f"{code} ({what})" for code, what in issues.items())
        raise QuestionError(f"no issue is called {issue!r}", do=f"use one of: {listed}")
    if not _told(table, "issues"):
        do = "import the publisher's own file, which does; if you did so with an earlier version, import it again"
        raise QuestionError("the imported file of votes does not tell what a roll call is about", do=do)
    return table.filter(pl.col("issues").str.split(" ").list.contains(issue).fill_null(False))


def _arrays(table: pl.DataFrame, left_out: Mapping[str, int], parts_told: bool) -> AssemblyVotes:
    days = pl.col("date").dt.epoch("d").cast(pl.Int64) + 719_163  # 1970-01-01 as a proleptic Gregorian ordinal
    cast = table.group_by("session", "roll_call", "ccode").agg(
        pl.col("vote").first().replace_strict(LEVELS, return_dtype=pl.Float64),
        days.min().alias("first"),
        days.max().alias("last"),
    )
    sessions = cast["session"].unique().sort().to_list()
    codes = cast["ccode"].unique().sort().to_numpy()
    votes, roll_calls = [], []
    first_days, last_days = (np.zeros((len(codes), len(sessions)), dtype=np.int64) for _ in range(2))
    for number, session in enumerate(sessions):
        part = cast.filter(pl.col("session") == session)
        calls, column = np.unique(part["roll_call"].to_numpy(), return_inverse=True)
        row = np.searchsorted(codes, part["ccode"].to_numpy())
        own = np.full((len(codes), len(calls)), np.nan)
        own[row, column] = part["vote"].to_numpy()
        votes.append(own)
        roll_calls.append(calls)
        span = part.group_by("ccode").agg(pl.col("first").min(), pl.col("last").max())
        at = np.searchsorted(codes, span["ccode"].to_numpy())
        first_days[at, number], last_days[at, number] = span["first"].to_numpy(), span["last"].to_numpy()
    counted = {reason: count for reason, count in left_out.items() if count}
    return AssemblyVotes(
        tuple(sessions), codes, tuple(votes), tuple(roll_calls), first_days, last_days, counted, parts_told
    )
