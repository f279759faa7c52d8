"""Pairs of states without a legal duty to each other, domain by domain, after a package."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from indivisible.architecture.duties import duties_on
from indivisible.assess.vacuum_levels import chosen_domains, levels_of
from indivisible.explore.worlds import Worlds


@dataclass
class Cells:
    """The cells among some states, each a pair in a domain; `known` has by package how many are open, or may be."""

    worlds: Worlds
    states: tuple[str, ...]
    known: dict[int, tuple[dict[str, int], dict[str, int]]] = field(default_factory=dict)

    def open(self, package: int) -> int:
        """How many cells surely have no legal duty."""
        return sum(self._counted(package)[0].values())

    def not_closed(self, package: int) -> tuple[str, ...]:
        """Domains in which some pair does not surely have a legal duty."""
        return tuple(domain for domain, number in self._counted(package)[1].items() if number)

    def _counted(self, package: int) -> tuple[dict[str, int], dict[str, int]]:
        if package not in self.known:
            after, domains = self.worlds.comparison(package).after, chosen_domains(None)
            duties = duties_on(self.worlds.record, after, layer="participation", with_universal=False)
            among = np.isin(after.states, self.states)
            pairs = np.triu(np.outer(among, among), 1)
            surely, perhaps = levels_of(duties, domains).closed("legal")
            without = (~perhaps & pairs[None]).sum(axis=(1, 2)).tolist()
            in_doubt = (~surely & pairs[None]).sum(axis=(1, 2)).tolist()
            self.known[package] = dict(zip(domains, without, strict=True)), dict(zip(domains, in_doubt, strict=True))
        return self.known[package]
