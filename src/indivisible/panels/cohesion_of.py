"""How far the members of a body vote as one in the UN General Assembly, beside what coin flips would give.

Four published indices of every contested roll call, averaged over a session. Who was a member is read from the record
on the day of each vote, or on one day that the caller names. Voting alike is not agreeing: many resolutions come back
every year, and a small group scores high by luck, so the number to look at is how far it is above chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures import cohesion
from indivisible.panels.assembly_votes import method
from indivisible.panels.needed import need
from indivisible.panels.roll_call_subjects import CALLS, ISSUES, Subjects, issue_of, subjects
from indivisible.panels.roll_calls import DATASET, Session, sessions
from indivisible.panels.voters import Roster
from indivisible.readers.coverage import windows
from indivisible.readers.reference import bibtex
from indivisible.record.load import load
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import day_of, iso

Row = dict[str, Any]
Floats = NDArray[np.float64]
DATA = ("un-votes",)
WHOLE = "all"
NAMED = 15  # members that the sentence still names
# name -> (what it is, the index of yes, no and abstain, its mean where n members vote by chance, who counts)
INDICES: dict[str, tuple[str, Callable[[Floats, Floats, Floats], Floats], Callable[[int], float]]] = {
    "rice": ("Rice", lambda yes, no, _: cohesion.rice(yes, no), cohesion.expected_rice),
    "agreement_index": ("agreement index", cohesion.agreement_index, cohesion.expected_agreement_index),
    "attina": ("Attina", cohesion.attina, cohesion.expected_attina),
    "lijphart": ("Lijphart", cohesion.lijphart, cohesion.expected_lijphart),
}
CHANCE = {name: cache(by_chance) for name, (_, _, by_chance) in INDICES.items()}
ABOUT = (
    "means over contested roll calls; Rice leaves abstentions out, and its chance is a fair coin for yes or no; that "
    "of the others is three equal chances for yes, no and abstain"
)


@dataclass(frozen=True)
class Cohesion(Table):
    """The answer: a row a session, and issue where asked. Its sources are datasets."""

    def cite(self) -> str:
        """BibTeX of the votes and what else was read."""
        return bibtex(self.source_keys)


def cohesion_of(
    body: str,
    *,
    session: int | None = None,
    sessions_of: tuple[int, int] | None = None,
    issues: Sequence[str] = (),
    by_issue: bool = False,
    members_on: str | None = None,
    data: str = DATA[0],
    record: Record | None = None,
    home: Path | None = None,
) -> Cohesion:
    """Cohesion of the members of an organisation in one session, or in each of several (first, last).

    `issues`: only roll calls about these, each by itself; `by_issue`: about each issue, and all. `members_on`: the day
    whose members are counted; None is the day of each vote. Without a session: the last one in the file. Raises
    MissingData if the votes are not imported, UnknownName for a body that the record does not have, QuestionError for
    an unknown issue and for sessions that the file does not have.
    """
    if data not in DATA:
        raise QuestionError(f"no votes are called {data!r}", do=f"use {', '.join(DATA)}")
    if session is not None and sessions_of is not None:
        raise QuestionError("both one session and a span of sessions", do="give one of them")
    record = record or load()
    key = record.resolve(body, "organization")
    need([DATASET], home=home)
    first, last = sessions_of or ((session, session) if session is not None else (_last(home),) * 2)
    day = None if members_on is None else day_of(members_on)
    asked = tuple(issue_of(name) for name in issues) or (tuple(method()["issues"]) if by_issue else ())
    found = list(sessions(first, last, numbered=True, home=home))
    if not found:
        raise QuestionError(f"the file of votes has no session {_span(first, last)}", do=_there(home))
    about = subjects(first, last, home=home) if asked else Subjects()
    if asked and not about.issues:
        do = f"import the publisher's lists ({CALLS}, {ISSUES}), or the publisher's own file of votes"
        raise QuestionError("what these roll calls are about is not known from what is imported", do=do)
    parts = (WHOLE, *asked) if by_issue else asked or (WHOLE,)
    roster = Roster(record, key)
    rows = [_row(one, roster, day, part, about) for one in found for part in parts]
    if not asked:
        rows = [{name: value for name, value in row.items() if name != "issue"} for row in rows]
    members = [_members(one, roster, day) for one in found]
    notes = [note for one in found for note in _alike(one, asked, about)]
    extra = {"members": members, "about": ABOUT, "notes": notes, "datasets": [DATASET, *about.datasets]}
    question = {"body": key, "data": data, "sessions": [first, last], "issues": list(asked), "members_on": members_on}
    says = _sentence(record.name_of(key), key, rows, members, members_on)
    return Cohesion("cohesion/1", question, says, tuple(rows), record.digest, (DATASET, *about.datasets), extra)


def _last(home: Path | None) -> int:
    import polars as pl

    from indivisible import readers

    return int(readers.open(DATASET, home=home).select(pl.col("session").max()).collect().item())


def _there(home: Path | None) -> str:
    years = ", ".join(f"{window.first} to {window.last}" for window in windows(DATASET, home=home))
    return f"the file covers {years}: session 1 opened in 1946, session 74 in 2019"


def _row(session: Session, roster: Roster, day: int | None, issue: str, about: Subjects) -> Row:
    calls = session.calls.tolist()
    chosen = np.array([issue == WHOLE or issue in about.issues.get(call, ()) for call in calls], dtype=bool)
    unknown = 0 if issue == WHOLE else sum(call not in about.issues for call in calls)
    member, unsure = roster.of(session.codes, session.days, day)
    group = np.where(member, session.votes, np.nan)[:, chosen]
    yes, no, abstain = cohesion.tally(group, yes=1.0, no=3.0, abstain=2.0)
    cast = yes + no + abstain
    here = member & ~np.isnan(session.votes)
    row: Row = {"session": session.number, "year": session.year, "issue": issue, "roll_calls": int((cast > 0).sum())}
    row |= {"members_voting": int(here[:, chosen].any(axis=1).sum()), "unsure": unsure}
    row |= {"issue_unknown": unknown} if issue != WHOLE else {}
    for name, (_, index, _) in INDICES.items():
        values, voting = index(yes, no, abstain), yes + no if name == "rice" else cast
        known = ~np.isnan(values)
        row[name] = float(values[known].mean()) if known.any() else None
        luck = [CHANCE[name](int(count)) for count in voting[known]]
        row[f"{name}_by_chance"] = float(np.mean(luck)) if luck else None
    return row


def _alike(session: Session, asked: Sequence[str], about: Subjects) -> list[str]:
    """Issues asked for that the publisher's list gives to the very same roll calls of a session as another."""
    marked: dict[frozenset[int], list[str]] = {}
    for issue in method()["issues"]:
        calls = frozenset(call for call in session.calls.tolist() if issue in about.issues.get(call, ()))
        if calls:
            marked.setdefault(calls, []).append(issue)
    alike = [issues for issues in marked.values() if len(issues) > 1 and set(issues) & set(asked)]
    return [
        f"session {session.number}: the list of issues gives the very same roll calls to {' and '.join(sorted(issues))}"
        for issues in alike
    ]


def _members(session: Session, roster: Roster, day: int | None) -> Row:
    """Who was counted: those who were members at every contested roll call of the session, and at some only."""
    on_each = [
        frozenset(roster.on(voted if day is None else day, voted)[0].values()) for voted in session.days.tolist()
    ]
    always = frozenset.intersection(*on_each) if on_each else frozenset()
    ever = frozenset.union(*on_each) if on_each else frozenset()
    return {"session": session.number, "throughout": sorted(always), "at_some": sorted(ever - always)}


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _sentence(name: str, key: str, rows: Sequence[Row], members: Sequence[Row], members_on: str | None) -> str:
    when = "on the day of each vote" if members_on is None else f"of {iso(day_of(members_on))}"
    sessions_told = _span(rows[0]["session"], rows[-1]["session"])
    who = f"{name} ({key})" if name != key else key
    begin = f"{who} in the UN General Assembly, session{'s' if rows[0]['session'] != rows[-1]['session'] else ''} "
    if len(members) > 1:
        return f"{begin}{sessions_told}: means over contested roll calls, members {when}."
    told = _named(members[0]["throughout"], "nobody")
    if members[0]["at_some"]:
        told += f"; for a part of the session {_named(members[0]['at_some'], '')}"
    counted = rows[0]["roll_calls"]
    return f"{begin}{sessions_told}, {counted} contested roll calls; members {when}: {told}."


def _named(states: Iterable[str], empty: str) -> str:
    listed = list(states)
    if len(listed) > NAMED:
        return f"{len(listed)} states"
    return ", ".join(listed) or empty
