"""Names from outside: only what ships is found by name, and no file of this machine is ever read for a page."""

from __future__ import annotations

from difflib import get_close_matches

from indivisible.architecture.change import SHIPPED
from indivisible.errors import UnknownName


def shipped_change(name: str) -> str:
    """The name of a change that ships. Raises UnknownName with near names."""
    if name not in SHIPPED:
        raise UnknownName(name, "change", get_close_matches(name, SHIPPED, n=3, cutoff=0.5))
    return name
