"""For every pair of states and every domain: whether some text gives both a duty, in law, politically, or perhaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.duties import DOMAINS, Duties
from indivisible.errors import QuestionError

Bools = NDArray[np.bool_]

ANY: Final = "any"
CLOSING: Final = ("legal", "political", ANY)
"""Which duties close a cell: those in law, the political ones, or either."""


@dataclass(frozen=True, eq=False, slots=True)
class Levels:
    """[d, i, j] for domain d and states i and j, symmetric: `legal` surely, `legal_may` surely or perhaps ..."""

    domains: tuple[str, ...]
    legal: Bools
    legal_may: Bools
    political: Bools
    political_may: Bools

    def closed(self, binding: str) -> tuple[Bools, Bools]:
        """Cells that are closed: surely, and surely or perhaps. What is not even perhaps closed is open."""
        if binding == "legal":
            return self.legal, self.legal_may
        if binding == "political":
            return self.political, self.political_may
        if binding == ANY:
            return self.legal | self.political, self.legal_may | self.political_may
        raise QuestionError(f"no binding is called {binding!r}", do=f"use {', '.join(CLOSING)}")

    def word(self, domain: int, one: int, other: int) -> str:
        """legal, political, none, or unknown where a higher level than the sure one is not excluded."""
        if self.legal[domain, one, other]:
            return "legal"
        if self.legal_may[domain, one, other]:
            return "unknown"
        if self.political[domain, one, other]:
            return "political"
        if self.political_may[domain, one, other]:
            return "unknown"
        return "none"


def levels_of(duties: Duties, domains: Sequence[str]) -> Levels:
    """The levels of all states of the duties in some domains."""
    n = len(duties.states)
    at = {domain: number for number, domain in enumerate(domains)}
    made = {name: np.zeros((len(domains), n, n), dtype=bool) for name in ("legal", "political")}
    may = {name: np.zeros((len(domains), n, n), dtype=bool) for name in ("legal", "political")}
    for one in duties.owed:
        if one.duty.domain in at:
            made[one.duty.binding][at[one.duty.domain]] |= one.sure
            may[one.duty.binding][at[one.duty.domain]] |= one.perhaps
    return Levels(tuple(domains), made["legal"], may["legal"], made["political"], may["political"])


def chosen_domains(names: Sequence[str] | str | None) -> tuple[str, ...]:
    """The domains named, in the order of contracts; all where none is named. Words of the record or in full."""
    if names is None:
        return tuple(DOMAINS)
    wanted = set()
    spoken = {said: domain for domain, said in DOMAINS.items()}
    for name in names.split(",") if isinstance(names, str) else names:
        word = name.strip().lower()
        key = spoken.get(word, word.replace(" ", "_").replace("-", "_"))
        if key not in DOMAINS:
            raise QuestionError(f"no domain is called {name.strip()!r}", do=f"use {', '.join(DOMAINS)}")
        wanted.add(key)
    if not wanted:
        raise QuestionError("no domain is named", do=f"use {', '.join(DOMAINS)}")
    return tuple(domain for domain in DOMAINS if domain in wanted)
