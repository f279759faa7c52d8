"""Where states stand by their recorded votes in the UN General Assembly, session by session, with standard errors.

It places votes, not intentions. The model is in `measures.ideal_points`, what is left out in `assembly_votes`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from indivisible.errors import QuestionError
from indivisible.measures.ideal_points import IdealPoints, ideal_points
from indivisible.panels.assembly_votes import DATASET, AssemblyVotes, assembly_votes, method, year_of
from indivisible.panels.keys import claims_by_code, holder
from indivisible.panels.named_states import years_of_codes
from indivisible.record.claim import Claim
from indivisible.record.load import load
from indivisible.record.record import Record
from indivisible.values import Truth

Row = dict[str, Any]
FIRST, LAST = 1946, 2023  # years in which the first and the last session of the published span of this program open


def places_by_votes(
    *,
    first: int = FIRST,
    last: int = LAST,
    states: Sequence[str] = (),
    session: int | None = None,
    issue: str | None = None,
    anchors: Mapping[str, float] | None = None,
    smooth: float = 0.5,
    keep_unvarying: bool = False,
    tolerance: float = 1e-6,
    record: Record | None = None,
    tell: Callable[[int, float], None] | None = None,
    home: Path | None = None,
) -> PlacesByVotes:
    """Ideal points of all states in the sessions that opened in first..last.

    `states` and `session` choose rows of the answer; all votes of the years are used whatever they are. `issue`: only
    roll calls about it. `anchors`: starting places by state, which fix the sign; None are those of the published
    method. `smooth`: variance of the walk from session to session, before it is weighed by numbers of votes.
    `keep_unvarying`: place a state also in sessions in which it always voted the same. Raises MissingData if the
    votes are not imported, QuestionError for what there is not.
    """
    if last < first:
        raise QuestionError(f"the years end ({last}) before they begin ({first})", do="give the first year first")
    if not 0.0 < smooth < math.inf:
        raise QuestionError(f"a smoothing of {smooth:g} is no variance", do="use a number above 0, such as 0.5")
    if not 0.0 < tolerance < math.inf:
        raise QuestionError(f"a tolerance of {tolerance:g} is none", do="use a small number above 0, such as 1e-6")
    record = load() if record is None else record
    wanted = [record.resolve(name, "state") for name in states]
    votes = assembly_votes(first, last, issue=issue, home=home)
    keys = _keys(record, votes)
    _check_shown(votes, keys, wanted, session, (first, last))
    starts = _starts(record, anchors, first, last)
    found = ideal_points(
        votes.votes,
        np.array([starts.get(int(code), np.nan) for code in votes.codes]),
        smooth=smooth,
        keep_unvarying=keep_unvarying,
        tolerance=tolerance,
        tell=tell,
    )
    asked: Row = {"from": first, "to": last, "issue": issue, "states": sorted(wanted), "session": session}
    asked |= {
        "smooth": smooth,
        "keep_unvarying": keep_unvarying,
        "anchors": {str(c): starts[c] for c in sorted(starts)},
    }
    body = _rows(record, votes, keys, found)
    kept = (row for row in body if (not wanted or row["state"] in wanted) and session in (None, row["session"]))
    return PlacesByVotes(votes, found, asked, tuple(kept), record.digest)


def _starts(record: Record, anchors: Mapping[str, float] | None, first: int, last: int) -> dict[int, float]:
    """Starting places by COW code."""
    if anchors is None:
        return {int(code): float(place) for code, place in method()["anchors"].items()}
    starts: dict[int, float] = {}
    for name, place in anchors.items():
        if not math.isfinite(place) or place == 0.0:
            raise QuestionError(f"{name} cannot start at {place:g}", do="use a number above or below 0")
        starts |= dict.fromkeys(years_of_codes([name], first, last, record=record), float(place))
    return starts


def _check_shown(
    votes: AssemblyVotes,
    keys: Mapping[tuple[int, int], str | None],
    wanted: Sequence[str],
    session: int | None,
    years: tuple[int, int],
) -> None:
    """Raise QuestionError for a session or state that the answer could not show, before anything is worked out."""
    if session in method()["sessions_left_out"]:
        raise QuestionError(f"session {session} is left out by the method", do="ask for the one before or after")
    if session is not None and session not in votes.sessions:
        there = f"{votes.sessions[0]} to {votes.sessions[-1]}"
        raise QuestionError(f"no votes of a session {session} are used", do=f"the years have sessions {there}")
    absent = sorted(set(wanted) - {key for key in keys.values() if key is not None})
    if absent:
        raise QuestionError(f"{', '.join(absent)} cast no vote from {years[0]} to {years[1]}", do="give other years")


def _keys(record: Record, votes: AssemblyVotes) -> dict[tuple[int, int], str | None]:
    """Whose vote it was, by place of the session and of the code, for all that voted."""
    claims = claims_by_code(record, "cow")
    keys = {}
    for t, session in enumerate(votes.sessions):
        for i in np.flatnonzero(votes.last_days[:, t]).tolist():
            days = int(votes.first_days[i, t]), int(votes.last_days[i, t])
            keys[t, i] = _key(claims.get(int(votes.codes[i]), []), days, year_of(session))
    return keys


def _rows(
    record: Record, votes: AssemblyVotes, keys: Mapping[tuple[int, int], str | None], found: IdealPoints
) -> list[Row]:
    """One row a session and state that voted, by session and key; a state without a place there has null."""
    rows = []
    for (t, i), key in keys.items():
        session = votes.sessions[t]
        row: Row = {"session": session, "year": year_of(session), "state": key}
        row |= {"name": None if key is None else record.name_of(key), "ccode": int(votes.codes[i])}
        row |= {"votes_used": int(found.votes[i, t]), "ideal_point": _known(found.points[i, t])}
        rows.append(row | {"standard_error": _known(found.errors[i, t])})
    return sorted(rows, key=lambda row: (row["session"], row["state"] is None, row["state"] or "", row["ccode"]))


def _key(claims: list[Claim], days: tuple[int, int], year: int) -> str | None:
    """Whose code it was when the state voted first, else when it voted last, else in the year of the session."""
    for day in days:
        keys = {claim.subject for claim in claims if claim.span.holds(day) is Truth.YES}
        if len(keys) == 1:
            return keys.pop()
    return holder(claims, year)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


@dataclass(frozen=True)
class PlacesByVotes:
    """Places of states by their votes: one row a session and state, with how they were found."""

    votes: AssemblyVotes
    found: IdealPoints
    asked: Row
    body: tuple[Row, ...]
    record: str

    def to_dict(self) -> Row:
        """The JSON shape ideal_points/1."""
        search, found = self.found.search, self.found
        return {
            "schema": "ideal_points/1",
            "asked": self.asked,
            "sessions": list(self.votes.sessions),
            "counts": self.counts,
            "left_out": dict(self.votes.left_out),
            "fit": {
                "mean_log_likelihood": found.mean_log_likelihood,
                "classified": found.classified,
                "by_mode": found.by_mode,
            },
            "search": {
                "converged": search.converged,
                "steps": search.steps,
                "change": search.change,
                "gradient": search.gradient if math.isfinite(search.gradient) else None,
                "tolerance": search.tolerance,
                "log_posterior": search.log_posterior,
            },
            "says": SAYS,
            "datasets": list(self.sources()),
            "rows": list(self.body),
            "record": self.record,
        }

    @cached_property
    def counts(self) -> dict[str, int]:
        """Of the whole estimate: places, states, roll calls and votes used, and places that lie at the limit."""
        found = self.found
        counts = Counter(
            places=int((found.votes > 0).sum()),
            states=int((found.votes > 0).any(axis=1).sum()),
            roll_calls=sum(int(kept.sum()) for kept in found.kept),
            votes=int(found.votes.sum()),
            at_limit=int(found.at_limit.sum()),
        )
        return dict(counts)

    def sentence(self) -> str:
        """What was placed by what, how the search ended, and what the places are not."""
        asked, counts, search = self.asked, self.counts, self.found.search
        sessions = self.votes.sessions
        about = f" about {method()['issues'][asked['issue']]}" if asked["issue"] else ""
        span = f"session {sessions[0]}" if len(sessions) == 1 else f"sessions {sessions[0]} to {sessions[-1]}"
        says = (
            f"Places by votes in the UN General Assembly{about}, {span}: {counts['places']:,} places of "
            f"{counts['states']} states from {counts['votes']:,} votes in {counts['roll_calls']:,} contested roll calls"
        )
        if not search.converged:
            says += (
                f"; the search did NOT converge (after {search.steps} steps places still moved by {search.change:.2g})"
            )
        if counts["at_limit"]:
            says += f"; {counts['at_limit']} lie at the limit, their true place is further out"
        return f"{says}. {SAYS}"

    def rows(self) -> list[Row]:
        """The rows that were asked for."""
        return list(self.body)

    def sources(self) -> tuple[str, ...]:
        """The dataset of votes."""
        return (DATASET,)

    def cite(self) -> str:
        """BibTeX of the votes and of the method, which are one publication."""
        from indivisible.readers.reference import bibtex

        return bibtex(self.sources())


SAYS = (
    "Mean 0 and standard deviation 1 over all of these; the sign comes from the starting places. "
    "They place votes, not intentions."
)
