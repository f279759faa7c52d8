"""Answers by a viewpoint: the record as one state has it is asked, and every form of the answer says by whose."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from indivisible.apps.desk import Desk
from indivisible.apps.web.asserted import told_of
from indivisible.apps.web.viewpoint import Viewpoint, seen_from, viewpoint_of
from indivisible.record.record import Record
from indivisible.report.files import html_table
from indivisible.values import day_of

_BODY = re.compile(r"<body>(?:<main>)?\s*")
_MARK = {"denied": "not recognised as a state", "disputed": "statehood disputed"}


@dataclass(frozen=True)
class Seeing:
    """A desk on the record as a viewpoint has it, beside the desk on the record with all voices."""

    desk: Desk
    plain: Desk
    view: Viewpoint

    @property
    def apart(self) -> bool:
        """Whether the viewpoint's record is another one at all."""
        return self.desk.record is not self.plain.record

    def named(self, asked: Any, *, changed: bool) -> Viewed:
        """An answer of the viewpoint's desk, saying by whose viewpoint; `changed` where that makes a difference."""
        answer = getattr(asked, "answer", asked)
        view, statehood = told_of(self.plain.record, self.view, answer.to_dict(), changed=changed)
        return Viewed(answer, view, statehood)

    def answer(self, ask: Callable[[Desk], Any]) -> Viewed:
        """The answer to a quick question; asked of both records where they differ, to say what changes."""
        found = ask(self.desk)
        return self.named(found, changed=self.apart and ask(self.plain).to_dict() != found.to_dict())

    def told(self, make: Callable[[Record], dict[str, Any]], *, areas: bool = False) -> dict[str, Any]:
        """The same of what comes as JSON alone; `areas` where areas and borders are drawn."""
        found = make(self.desk.record)
        changed = self.apart and make(self.plain.record) != found
        return viewed(found, self.view, self.plain.record, areas=areas, changed=changed)

    def differs(self, on: str) -> bool:
        """Whether who is bound to whom on a day differs by the viewpoint."""
        from indivisible.apps.web.architectures import architecture

        if not self.apart:
            return False
        one, other = (architecture(desk.record, day_of(on)) for desk in (self.desk, self.plain))
        return (one.memberships, one.pledges, one.acts) != (other.memberships, other.pledges, other.acts)


def seeing(desk: Desk, viewpoint: str) -> Seeing:
    """The desk by a viewpoint. Raises UnknownName."""
    view = viewpoint_of(desk.record, viewpoint)
    seen = seen_from(desk.record, view.state) if view.state else desk.record
    return Seeing(desk if seen is desk.record else Desk(seen), desk, view)


def viewed(
    answer: dict[str, Any], view: Viewpoint, record: Record, *, areas: bool = False, changed: bool = False
) -> dict[str, Any]:
    """An answer as JSON with the viewpoint, and the contested states that stand in it."""
    told, statehood = told_of(record, view, answer, areas=areas, changed=changed)
    return {**answer, "viewpoint": told.to_dict() | {"statehood": statehood}}


class Viewed:
    """An answer that says by whose viewpoint it is given: in its sentence, its rows, its JSON, its page."""

    def __init__(self, plain: Any, view: Viewpoint, statehood: dict[str, str]) -> None:
        self.plain, self.view, self.statehood = plain, view, statehood

    def to_dict(self) -> dict[str, Any]:
        """The answer with the viewpoint."""
        return {**self.plain.to_dict(), "viewpoint": self.view.to_dict() | {"statehood": self.statehood}}

    def sentence(self) -> str:
        """The sentence, then the viewpoint."""
        return f"{self.plain.sentence()} {self.view.sentence()}"

    def rows(self) -> list[dict[str, Any]]:
        """The rows, each with the viewpoint and how a contested state in it stands."""
        said = self.view.short()
        return [
            {**row, "viewpoint": f"{said}; {mark}" if (mark := self._mark(row)) else said} for row in self.plain.rows()
        ]

    def sources(self) -> tuple[str, ...]:
        """As the answer has them."""
        return tuple(self.plain.sources())

    def to_html(self) -> str:
        """The answer's own page with the viewpoint above it, or a table under the sentence."""
        own = getattr(self.plain, "to_html", None)
        if own is None:
            return html_table(self.printed())
        said = f'<p role="note"><b>{html.escape(self.view.sentence())}</b></p>\n'
        return _BODY.sub(lambda found: found[0] + said, str(own()), count=1)

    def printed(self) -> Viewed:
        """The same for a sheet that says the viewpoint once, above: rows are marked only where a state is contested."""
        return _Printed(self.plain, self.view, self.statehood)

    def _mark(self, row: dict[str, Any]) -> str:
        cells = (cell for cell in row.values() if isinstance(cell, str))
        return next((_MARK[self.statehood[cell]] for cell in cells if cell in self.statehood), "")


class _Printed(Viewed):
    def rows(self) -> list[dict[str, Any]]:
        rows = [{**row, "statehood": self._mark(row) or None} for row in self.plain.rows()]
        return rows if any(row["statehood"] for row in rows) else self.plain.rows()
