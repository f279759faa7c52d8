"""Where the members of a body stand: by their votes in the General Assembly, or by the user's own figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from indivisible.architecture.members import members
from indivisible.errors import FileError, QuestionError
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.rules.positions_case import IDEAL_POINTS, OWN, Dimension, PositionsCase, Row, read_positions
from indivisible.rules.procedure import organization_of
from indivisible.values import Estimate, iso

SPAN = 10  # years of votes that place states, where the file does not say
SURE = 1.959964  # standard errors on either side of a place
MOST_NAMED = 12  # members without a position that a sentence names
SEPTEMBER = 9  # the month in which a session opens


@dataclass(frozen=True)
class Place:
    """One actor with its figures; `sure` is the standard error of a place found by votes, 0 for own figures."""

    actor: str
    name: str
    position: tuple[Estimate, ...]
    salience: tuple[Estimate, ...] | None
    capability: Estimate | None
    error: float = 0.0
    votes: int | None = None


@dataclass(frozen=True)
class Positions:
    """Who stands where, alphabetically; `unplaced` are members of the body of whom no position is known."""

    case: PositionsCase
    dimensions: tuple[Dimension, ...]
    places: tuple[Place, ...]
    unplaced: tuple[tuple[str, str], ...]
    members: tuple[str, ...]
    session: int | None
    years: tuple[int, int] | None
    record: Record
    source_keys: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape positions/1."""
        case = self.case
        return {
            "schema": "positions/1",
            "name": case.name,
            "body": case.body or None,
            "on": None if case.day is None else iso(case.day),
            "positions": case.positions,
            "session": self.session,
            "years": None if self.years is None else list(self.years),
            "dimensions": [{"name": one.name, "low": one.low, "high": one.high} for one in self.dimensions],
            "rows": self.rows(),
            "unplaced": [{"actor": key, "name": name} for key, name in self.unplaced],
            "datasets": list(self.datasets),
            **said_of_recalled(self.record.recalled_among(self.source_keys)),
            "record": self.record.digest,
        }

    def unplaced_said(self) -> str:
        """Members without a position: by key where they are few, else how many."""
        many = len(self.unplaced) > MOST_NAMED
        return f"{len(self.unplaced)} members" if many else ", ".join(key for key, _ in self.unplaced)

    def sentence(self) -> str:
        """Who was placed by what, and who was not."""
        case = self.case
        whose = f" of {case.body} on {iso(case.day)}" if case.body and case.day is not None else ""
        by = "by the figures given"
        if self.session is not None and self.years is not None:
            by = (
                f"by votes in the UN General Assembly, session {self.session} (all votes of the sessions that opened "
                f"from {self.years[0]} to {self.years[1]} used; an interval is 95%)"
            )
        count = len(self.places)
        what = "member" if whose else "actor"
        text = f"{count} {what}{'' if count == 1 else 's'}{whose} placed {by}"
        if self.unplaced:
            text += f"; without a position: {self.unplaced_said()}"
        return with_recalled(f"{text}.", self.record.recalled_among(self.source_keys))

    def rows(self) -> list[dict[str, Any]]:
        """One row an actor and dimension."""
        rows = []
        for place in self.places:
            for dimension, one in zip(self.dimensions, place.position, strict=True):
                row: dict[str, Any] = {"actor": place.actor, "name": place.name, "dimension": dimension.name}
                row |= {"low": one.low, "best": one.best, "high": one.high}
                if self.session is not None:
                    row |= {"standard_error": place.error, "votes_used": place.votes}
                rows.append(row)
        return rows

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of memberships."""
        return self.source_keys

    def cite(self) -> str:
        """BibTeX of the memberships' sources, and of the votes where they place."""
        from indivisible.readers.reference import bibtex as of_data
        from indivisible.record.cite import bibtex

        parts = [bibtex(self.record, self.source_keys)] if self.source_keys else []
        return "\n".join([*parts, of_data(self.datasets)] if self.datasets else parts)


def positions(record: Record, case: str | Path | Mapping[str, object], *, home: Path | None = None) -> Positions:
    """Place the actors of a case. `case` is a YAML file or the same as plain data (docs/how-to/bargain.md).

    Raises FileError and QuestionError: a name that the record does not know, one that is no member of the body on the
    day, two rows for one actor, figures out of bounds; MissingData where votes are needed and not imported.
    """
    return place(record, read_positions(case), home=home)


def place(record: Record, case: PositionsCase, *, home: Path | None = None) -> Positions:
    """Place the actors of a case that is read already."""
    rows, names, roll, sources = _who(record, case)
    if case.positions == OWN:
        placed = tuple(
            Place(key, names[key], row.position or (), row.salience, row.capability) for key, row in rows.items()
        )
        missing = tuple((key, record.name_of(key)) for key in roll if key not in rows)
        return Positions(case, case.dimensions, placed, missing, roll, None, None, record, sources)
    return _by_votes(record, case, rows, names, roll, sources, home)


Who = tuple[dict[str, Row], dict[str, str], tuple[str, ...], tuple[str, ...]]


def _who(record: Record, case: PositionsCase) -> Who:
    """Rows by key in order of the alphabet, names, members of the body, and sources of membership."""
    if not case.body:
        if case.positions == IDEAL_POINTS:
            raise QuestionError("ideal points need a body and a day", where=case.where, do="add body: and on:")
        return {row.actor: row for row in sorted(case.rows, key=lambda row: row.actor)}, {
            row.actor: row.actor for row in case.rows
        }, (), ()  # fmt: skip
    if case.day is None:
        raise QuestionError(f"{case.body} on which day?", where=case.where, do="add on: 2024-01-31")
    roll = members(record, organization_of(record, case.body), on=iso(case.day))
    may_be = {*roll.members, *(state for state, _ in roll.unsure)}
    if not may_be:
        raise QuestionError(
            f"the record knows no member of {roll.organization} on {roll.on}",
            where=case.where, do=f"indivisible members {roll.organization} --on {roll.on}",
        )  # fmt: skip
    found: dict[str, Row] = {}
    for row in case.rows:
        key = record.resolve(row.actor, "state")
        if key in found:
            raise FileError(f"two rows for {key}", where=f"{case.where}, actors ({row.actor})", do="keep one of them")
        if key not in may_be:
            raise QuestionError(
                f"{row.actor} is no member of {roll.organization} on {roll.on}",
                where=f"{case.where}, actors", do=f"indivisible members {roll.organization} --on {roll.on}",
            )  # fmt: skip
        found[key] = replace(row, actor=key)
    if case.positions == IDEAL_POINTS:
        everyone = case.everyone
        found |= {
            key: Row(key, None, everyone.salience, everyone.capability) for key in roll.members if key not in found
        }
    names = {key: record.name_of(key) for key in (*roll.members, *found)}
    return {key: found[key] for key in sorted(found)}, names, roll.members, roll.sources()


def _by_votes(
    record: Record,
    case: PositionsCase,
    rows: Mapping[str, Row],
    names: Mapping[str, str],
    roll: tuple[str, ...],
    sources: tuple[str, ...],
    home: Path | None,
) -> Positions:
    from indivisible.panels.assembly_votes import year_of
    from indivisible.panels.ideal_points import places_by_votes

    assert case.day is not None
    year, month, _ = map(int, iso(case.day).split("-"))
    opened = year_of(case.session) if case.session is not None else year if month >= SEPTEMBER else year - 1
    years = case.years or (opened - SPAN + 1, opened)
    answer = places_by_votes(first=years[0], last=years[1], record=record, home=home)
    session = case.session if case.session is not None else next(
        (one for one in reversed(answer.votes.sessions) if year_of(one) <= opened), answer.votes.sessions[-1]
    )  # fmt: skip
    if session not in answer.votes.sessions:
        raise QuestionError(
            f"no votes of session {session} are used", where=case.where, do=f"give years: with {year_of(session)}"
        )
    found = {row["state"]: row for row in answer.rows() if row["session"] == session and row["ideal_point"] is not None}
    here = {key: found[key] for key in rows if key in found}
    if not here:
        raise QuestionError(f"nobody has a place in session {session}", where=case.where, do="give another session:")
    ends = [row["ideal_point"] + sign * SURE * row["standard_error"] for row in here.values() for sign in (-1, 1)]
    only = case.dimensions[0]
    scale = only if case.scaled else Dimension(only.name, min(ends), max(ends))
    placed = tuple(
        Place(
            key, names[key], (_interval(row, scale),), rows[key].salience, rows[key].capability,
            float(row["standard_error"]), int(row["votes_used"]),
        )
        for key, row in here.items()
    )  # fmt: skip
    missing = tuple((key, names[key]) for key in sorted({*rows, *roll} - set(here)))
    return Positions(case, (scale,), placed, missing, roll, session, years, record, sources, tuple(answer.sources()))


def _interval(row: Mapping[str, Any], scale: Dimension) -> Estimate:
    """A place with its 95% interval, within the scale."""
    best, error = float(row["ideal_point"]), float(row["standard_error"])
    low, high = (min(max(best + sign * SURE * error, scale.low), scale.high) for sign in (-1, 1))
    if not scale.low <= best <= scale.high:
        raise QuestionError(
            f"{row['state']} stands at {best:.3g}, outside the scale", do="widen scale:, or leave it out"
        )
    return Estimate(low, best, high)
