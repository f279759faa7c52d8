"""How groups and pairs of states vote in the UN General Assembly, session by session, from imported roll calls.

Unanimous roll calls are left out: they tell nobody apart. Who belonged to an organisation is read from the record, on
the day of each vote or on one day that the caller names. Beside the cohesion of a group stands what mere chance would
give a group of that size on those roll calls.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from indivisible import readers
from indivisible.errors import QuestionError
from indivisible.measures import cohesion, similarity
from indivisible.measures.joint_levels import compare
from indivisible.panels.measured import spans_text
from indivisible.panels.voters import Codes, Roster
from indivisible.record.load import load
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import iso

Row = dict[str, Any]
Floats = NDArray[np.float64]
DATASET = "unga_votes"
LEVELS = {"yes": 1.0, "abstain": 2.0, "no": 3.0}
# name -> (what it is, the index of yes, no and abstain, its mean where n members vote by chance)
COHESION: dict[str, tuple[str, Callable[[Floats, Floats, Floats], Floats], Callable[[int], float]]] = {
    "rice": ("Rice index (abstentions left out)", lambda yes, no, _: cohesion.rice(yes, no), cohesion.expected_rice),
    "agreement-index": ("agreement index", cohesion.agreement_index, cohesion.expected_agreement_index),
    "attina": ("Attina's index", cohesion.attina, cohesion.expected_attina),
}
VOTE_AGREEMENT = "vote-agreement"
PAIR_MEASURES = ("agreement", "s", "kappa_squared", "pi_squared")
LISTED = {
    **{name: f"cohesion of an organisation (--among) in UN roll calls: {one[0]}" for name, one in COHESION.items()},
    VOTE_AGREEMENT: "two states (--between) in UN roll calls: share of agreement, S, kappa and pi",
}


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """The contested roll calls of one session: votes [n, m] by state code, the day of each, the year it opened in.

    `calls`: the number of each in the file of votes. `left_out`: how many roll calls told nobody apart.
    """

    number: int
    year: int
    codes: NDArray[np.int64]
    days: NDArray[np.int64]
    votes: Floats
    calls: NDArray[np.int64]
    left_out: int


def sessions(first: int, last: int, *, numbered: bool = False, home: Path | None = None) -> Iterator[Session]:
    """The sessions whose first roll call was in the years first..last, or that are numbered first..last.

    Raises MissingData if the votes are not imported.
    """
    lazy = readers.open(DATASET, home=home).filter(pl.col("vote").is_in(list(LEVELS)))
    table = (lazy.filter(pl.col("session").is_between(first, last)) if numbered else lazy).collect()
    opened = table.group_by("session").agg(pl.col("date").min().dt.year().alias("opened"))
    kept = table.join(opened if numbered else opened.filter(pl.col("opened").is_between(first, last)), on="session")
    for (number,), part in kept.sort("session").partition_by("session", as_dict=True, maintain_order=True).items():
        codes, row = np.unique(part["ccode"].to_numpy(), return_inverse=True)
        calls = part.select("date", "roll_call").unique().sort("date", "roll_call").with_row_index("column")
        column = part.join(calls, on=["date", "roll_call"], how="left", maintain_order="left")["column"].to_numpy()
        votes = np.full((len(codes), calls.height), np.nan)
        votes[row, column] = part["vote"].replace_strict(LEVELS, return_dtype=pl.Float64).to_numpy()
        days = np.array([day.toordinal() for day in calls["date"]], dtype=np.int64)
        told = similarity.contested(votes)
        numbers = calls["roll_call"].to_numpy()[told]
        yield Session(
            int(str(number)), part["opened"][0], codes, days[told], votes[:, told], numbers, int((~told).sum())
        )


def cohesion_among(
    name: str, organization: str, *, first: int, last: int, members_on: int | None = None, home: Path | None = None
) -> Table:
    """Cohesion of an organisation's members in each session that opened in first..last.

    `name`: a key of COHESION. `members_on`: the day whose members are counted; None is the day of each vote. Raises
    UnknownName for an organisation that the record does not have, MissingData if the votes are not imported.
    """
    record = load()
    key = record.resolve(organization, "organization")
    about, index, by_chance = COHESION[name]
    roster = Roster(record, key)
    chance = cache(by_chance)
    rows = []
    for session in sessions(first, last, home=home):
        member, unsure = roster.of(session.codes, session.days, members_on)
        group = np.where(member, session.votes, np.nan)
        yes, no, abstain = cohesion.tally(group, yes=1.0, no=3.0, abstain=2.0)
        values, voting = index(yes, no, abstain), yes + no + (0.0 if name == "rice" else abstain)
        known = ~np.isnan(values)
        expected = np.array([chance(int(n)) for n in voting[known]])
        here = int(member.sum(axis=0).max(initial=0))
        row: Row = {"year": session.year, "session": session.number, "members_voting": here, "unsure": unsure}
        row |= {"roll_calls": int(known.sum()), name: None, "by_chance": None, "above_chance": None}
        if known.any():
            mean, luck = float(values[known].mean()), float(expected.mean())
            row |= {name: mean, "by_chance": luck, "above_chance": mean - luck}
        rows.append(row)
    when = "on the day of each vote" if members_on is None else f"as of {iso(members_on)}"
    says = f"{about} of {key}, members {when}: mean of the UN's contested roll calls, beside what chance would give"
    asked = {"among": key, "members_on": None if members_on is None else iso(members_on)}
    return _table(record, name, says, (first, last), asked, rows)


def vote_agreement(one: str, other: str, *, first: int, last: int, home: Path | None = None) -> Table:
    """How two states voted in each session that opened in first..last, on roll calls where both did."""
    record = load()
    pair = [record.resolve(name, "state") for name in (one, other)]
    if pair[0] == pair[1]:
        raise QuestionError(f"{one} and {other} are one state", do="name two states")
    code_of = Codes(record)
    rows = []
    for session in sessions(first, last, home=home):
        day = int(session.days[0]) if len(session.days) else 0
        codes = [code_of.on(state, day) for state in pair]
        row: Row = {"year": session.year, "session": session.number, "roll_calls": 0, **dict.fromkeys(PAIR_MEASURES)}
        if all(code in session.codes for code in codes):
            at = np.searchsorted(session.codes, np.array(codes, dtype=np.int64))
            votes = session.votes[at]
            compared = compare(votes, tuple(LEVELS.values()))
            row["roll_calls"] = int((~np.isnan(votes).any(axis=0)).sum())
            values = {name: float(similarity.MEASURES[name](compared)[0, 1]) for name in PAIR_MEASURES}
            row |= {name: None if math.isnan(value) else value for name, value in values.items()}
        rows.append(row)
    says = f"votes of {pair[0]} and {pair[1]} in the UN's contested roll calls, where both voted"
    return _table(record, VOTE_AGREEMENT, says, (first, last), {"between": pair}, rows)


def _table(
    record: Record, name: str, says: str, years: tuple[int, int], asked: dict[str, Any], rows: list[Row]
) -> Table:
    about = {"measure": name, "unit": "session", "about": says, "years": list(years), "weights": "none"}
    span = str(years[0]) if years[0] == years[1] else f"{years[0]} to {years[1]}"
    found = f"{len(rows):,} session{'' if len(rows) == 1 else 's'}" if rows else "no session opened in these years"
    empty = [row["year"] for row in rows if not row["roll_calls"]]
    found += f"; no such votes: {spans_text(empty)}" if empty else ""
    sentence = f"{name}, {span}: {says}; {found}."
    return Table("measure/1", about | {"datasets": [DATASET]} | asked, sentence, tuple(rows), record.digest, (DATASET,))
