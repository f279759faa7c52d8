"""One yes, no or unknown, asked many times: who was a full member of what, without a claim being looked at twice."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.standing import (
    ABSENT,
    LEAVES_OUT,
    Lists,
    Roll,
    are_listings,
    full_roles_among,
    turning_days,
)
from indivisible.errors import UnknownName
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import NEVER_BEGUN, NEVER_ENDED, Truth

Days = tuple[int, int, int, int]


class MembershipIndex:
    """Answers `truth(state, organization, day)`; an organisation is read at the first question about it.

    Almost every membership is a set of spans that nobody contests: those are kept as day numbers, and a question
    compares them with the day. Where claims contest each other, or an overlay leaves a member out, the rule that
    `members` uses is asked, once between two days on which one of the claims can turn.
    """

    def __init__(self, record: Record, *, layer: str = "legal") -> None:
        self._record = record
        self._layer = layer
        self._known_to = record.known_to
        self._states = frozenset(record.entities("state"))
        self._organizations = frozenset(record.entities("organization"))
        self._rows = _rows_by_object(record)
        self._bodies: dict[str, _Body] = {}
        self._contested: dict[tuple[str, str], tuple[list[int], list[Truth]]] = {}
        self._rolls: dict[tuple[str, tuple[str, ...]], Roll] = {}

    def truth(self, state: str, organization: str, day: int) -> Truth:
        """Whether the state was a full member of the organisation on the day; both are keys of the record.

        Raises UnknownName for a key that the record does not have.
        """
        if day >= self._known_to:
            return Truth.UNKNOWN
        body = self._bodies.get(organization)
        if body is None:
            body = self._bodies[organization] = self._body(organization)
        if state in body.contested:
            return self._of_contested(state, organization, body, day)
        spans = body.spans.get(state)
        if spans is None:
            spans = body.spans[state] = self._no_spans(state)
        found = Truth.NO
        for from_earliest, from_latest, to_earliest, to_latest in spans:
            if from_earliest <= day < to_latest:
                if from_latest <= day < to_earliest:
                    return Truth.YES
                found = Truth.UNKNOWN
        if found is Truth.UNKNOWN or body.complete[bisect_right(body.edges, day) - 1]:
            return found
        return Truth.UNKNOWN

    def _body(self, organization: str) -> _Body:
        if organization not in self._organizations:
            raise UnknownName(organization, "organization")
        rows = self._rows.get(organization, np.empty(0, dtype=np.intp))
        return _Body(self._record, organization, rows, layer=self._layer)

    def _no_spans(self, state: str) -> list[Days]:
        if state not in self._states:
            raise UnknownName(state, "state")
        return []

    def _of_contested(self, state: str, organization: str, body: _Body, day: int) -> Truth:
        turns = self._contested.get((state, organization))
        if turns is None:
            roll = self._roll(organization, body, NEVER_BEGUN)
            spans = [claim.span for claim in (*roll.by_holder.get(state, ()), *roll.overlays.get(state, ()))]
            edges = turning_days(spans, NEVER_BEGUN, NEVER_ENDED - 1, extra=body.edges)
            truths = [self._roll(organization, body, edge).on(state, edge).truth for edge in edges]
            turns = self._contested[state, organization] = (edges, truths)
        return turns[1][bisect_right(turns[0], day) - 1]

    def _roll(self, organization: str, body: _Body, day: int) -> Roll:
        """The roll of the roles that are full membership on the day; every one of them bears on the answer."""
        roles = full_roles_among(body.full, day, day)
        key = (organization, roles)
        if key not in self._rolls:
            also = (claim.value for claim in body.full)
            self._rolls[key] = Roll(self._record, organization, roles=roles, layer=self._layer, also=also)
        return self._rolls[key]


class _Body:
    """What one organisation says of its full members: uncontested spans, contested states, complete lists."""

    def __init__(self, record: Record, organization: str, rows: NDArray[np.intp], *, layer: str) -> None:
        full = self.full = record.claims(subject=organization, field="full_role")
        roles = {claim.value for claim in full}
        columns = record.columns
        texts = columns.strings
        self.spans: dict[str, list[Days]] = {}
        self.contested: set[str] = set()
        listings: dict[int, bool] = {}
        found = (columns.codes[name][rows].tolist() for name in ("subject", "value", "source"))
        for subject, value, source, days in zip(*found, columns.days[:, rows].T.tolist(), strict=True):
            word = texts[value]
            if word in roles:
                if source not in listings:
                    listings[source] = are_listings(record, texts[source].split(";"))
                if listings[source]:
                    self.contested.add(texts[subject])
                self.spans.setdefault(texts[subject], []).append(days)
            elif word == ABSENT or (layer == "participation" and word in LEAVES_OUT):
                self.contested.add(texts[subject])
        lists = Lists(record, organization)
        self.edges = _edges(full, lists, record.known_to)
        self.complete = [lists.are_complete(full_roles_among(full, day, day), day) for day in self.edges]


def _rows_by_object(record: Record) -> dict[str, NDArray[np.intp]]:
    """Rows of all roles, by the organisation that they are held in."""
    rows = record.rows(field="role")
    codes = record.columns.codes["object"][rows]
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order])) + 1
    pieces = np.split(rows[order], starts) if len(rows) else []
    return {record.columns.text("object", piece[0]): piece for piece in pieces}


def _edges(full: tuple[Claim, ...], lists: Lists, known_to: int) -> list[int]:
    """The days from which the roles that are full membership, or the completeness of their lists, can change.

    Between two declared roles the nearer one is taken, so that the days half-way between them are edges too.
    """
    last = NEVER_ENDED - 1
    ends = sorted({day for claim in full for day in (claim.span.from_earliest, claim.span.to_latest)})
    halves = [(one + other) // 2 + step for i, one in enumerate(ends) for other in ends[i + 1 :] for step in (0, 1)]
    spans = [claim.span for claim in (*full, *lists.complete, *lists.existence)]
    return turning_days(spans, NEVER_BEGUN, last, extra=(known_to, *halves))
