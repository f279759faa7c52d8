"""What is open for questions while the server runs: the record, also as a viewpoint has it, and the processes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import Request
from starlette.responses import Response

from indivisible.apps.desk import Desk
from indivisible.apps.web.limits import Limits
from indivisible.apps.web.pool import Pool
from indivisible.apps.web.replies import of_record_as
from indivisible.apps.web.viewpoint import Viewpoint, seen_from, viewpoint_of
from indivisible.record.record import Record


class Opened:
    """The desk, its views by viewpoint, and the pool of processes."""

    def __init__(self, desk: Desk, pool: Pool, limits: Limits) -> None:
        self.desk, self.pool, self.limits = desk, pool, limits
        self._seen: dict[str, Desk] = {"": desk}
        self._lock = threading.Lock()

    @property
    def record(self) -> Record:
        return self.desk.record

    def view(self, viewpoint: str) -> Viewpoint:
        """The viewpoint of that name. Raises UnknownName."""
        return viewpoint_of(self.record, viewpoint)

    def seen(self, viewpoint: str) -> Desk:
        """The desk on the record as that viewpoint has it. Raises UnknownName."""
        key = self.view(viewpoint).state
        with self._lock:
            if key not in self._seen:
                if len(self._seen) > 8:
                    self._seen = {"": self.desk}
                self._seen[key] = Desk(seen_from(self.record, key))
            return self._seen[key]

    def reply(self, request: Request, viewpoint: str, form: str, ask: Callable[[Desk], Any]) -> Response:
        """The answer of the desk as a command of the line gives it; with the viewpoint named where one is taken."""
        view = self.view(viewpoint)
        return of_record_as(request, form, lambda: ask(self.seen(viewpoint)), view)


def listed(text: str) -> Sequence[str]:
    """Words between commas."""
    return [word.strip() for word in text.split(",") if word.strip()]
