"""What is open for questions while the server runs: the record, also as viewpoints have it, and the processes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import Request
from starlette.responses import Response

from indivisible.apps.desk import Desk
from indivisible.apps.web.limits import Limits
from indivisible.apps.web.pool import Pool
from indivisible.apps.web.replies import of_record, of_record_as
from indivisible.apps.web.viewed import Seeing, seeing
from indivisible.apps.web.viewpoint import viewpoint_of
from indivisible.record.record import Record


class Opened:
    """The desk, also as viewpoints have it, and the pool of processes."""

    def __init__(self, desk: Desk, pool: Pool, limits: Limits) -> None:
        self.desk, self.pool, self.limits = desk, pool, limits
        self._lock = threading.Lock()

    @property
    def record(self) -> Record:
        return self.desk.record

    def seeing(self, viewpoint: str) -> Seeing:
        """The desk by a viewpoint. Raises UnknownName."""
        with self._lock:
            return seeing(self.desk, viewpoint)

    def viewer(self, viewpoint: str) -> str:
        """The key of the state whose viewpoint it is; empty for none. Raises UnknownName."""
        return viewpoint_of(self.record, viewpoint).state

    def reply(self, request: Request, viewpoint: str, form: str, ask: Callable[[Desk], Any]) -> Response:
        """The answer of the desk as a command of the line gives it, saying by whose viewpoint."""
        return of_record_as(request, form, lambda: self.seeing(viewpoint).answer(ask))

    def told(
        self, request: Request, viewpoint: str, make: Callable[[Record], dict[str, Any]], *, areas: bool = False
    ) -> Response:
        """What the record shows, saying by whose viewpoint; `areas` where areas and borders are drawn."""
        return of_record(request, lambda: self.seeing(viewpoint).told(make, areas=areas))


def listed(text: str) -> Sequence[str]:
    """Words between commas."""
    return [word.strip() for word in text.split(",") if word.strip()]
