"""Answers by a viewpoint: the record as one state has it is asked, and every form of the answer names that state."""

from __future__ import annotations

from typing import Any

from indivisible.apps.desk import Desk
from indivisible.apps.web.viewpoint import Viewpoint, seen_from, viewpoint_of


def viewing(desk: Desk, viewpoint: str) -> tuple[Desk, Viewpoint]:
    """The desk on the record as that viewpoint has it, and the viewpoint. Raises UnknownName."""
    view = viewpoint_of(desk.record, viewpoint)
    return (Desk(seen_from(desk.record, view.state)) if view.state else desk), view


def named(answer: Any, view: Viewpoint) -> Any:
    """The answer, naming the viewpoint where one is taken."""
    return Viewed(answer, view) if view.state else answer


class Viewed:
    """An answer that says by whose viewpoint it is given, in its sentence, its rows and its JSON."""

    def __init__(self, asked: Any, view: Viewpoint) -> None:
        self._plain, self._view = getattr(asked, "answer", asked), view

    def to_dict(self) -> dict[str, Any]:
        """The answer with the viewpoint."""
        return {**self._plain.to_dict(), "viewpoint": self._view.to_dict()}

    def sentence(self) -> str:
        """The sentence, then the viewpoint."""
        return f"{self._plain.sentence()} {self._view.sentence()}"

    def rows(self) -> list[dict[str, Any]]:
        """The rows, each with the viewpoint."""
        return [{**row, "viewpoint": self._view.state} for row in self._plain.rows()]

    def sources(self) -> tuple[str, ...]:
        """As the answer has them."""
        return tuple(self._plain.sources())
