"""The answer to `vacuum`: which pairs of states have no duty to each other in which domains; what closes the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.duties import DOMAINS, Duty, Owed
from indivisible.assess.vacuum_levels import ANY, Levels
from indivisible.assess.vacuum_links import Link, Links
from indivisible.assess.vacuum_pairs import Pairs
from indivisible.record.table import said_of_recalled, with_recalled

Bools = NDArray[np.bool_]
SCHEMA = "vacuum/1"
PAST = "past_coverage"


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair in one domain: its level, whether it is closed (None: not known), and the texts, by number.

    `by` give both sides a duty, `perhaps` may give them one, `idle` bind both but a side takes no part. The cell is
    closed where one of `by` binds as the question asks. `at_least`: what is sure where the level is unknown.
    """

    one: str
    other: str
    domain: str
    level: str
    at_least: str
    closed: bool | None
    by: tuple[int, ...]
    perhaps: tuple[int, ...]
    idle: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unpledged:
    """States towards which nobody has pledged one kind of thing; `unsure`: those to which somebody may have."""

    kind: str
    states: tuple[str, ...]
    unsure: tuple[str, ...]


@dataclass(frozen=True)
class Vacuum:
    """Pairs by domains on one day, with what closes each cell, who is under no pledge, and what would close most.

    The arrays of `levels` and `owed` are over `states`. `known` is False past the record's coverage: every cell is then
    unknown, and nothing is ranked.
    """

    on: str
    asked: tuple[str, ...] | None
    states: tuple[str, ...]
    unsure_members: tuple[str, ...]
    whys: Mapping[str, Mapping[str, str]]
    domains: tuple[str, ...]
    binding: str
    layer: str
    with_universal: bool
    pairs: Pairs
    levels: Levels
    owed: tuple[Owed, ...]
    left_out: tuple[str, ...]
    not_complete: tuple[str, ...]
    unpledged: tuple[Unpledged, ...]
    links: Links | None
    known: bool
    known_to: str
    record: str
    source_keys: tuple[str, ...]
    recalled: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every counted cell: pairs alphabetical, domains in the order of the question."""
        found = self._texts_of_cells()
        yes, may = self.levels.closed(self.binding)
        at = {state: row for row, state in enumerate(self.states)}
        cells = []
        for one, other in self.pairs.pairs:
            i, j = at[one], at[other]
            for d, domain in enumerate(self.domains):
                by, perhaps, idle = found.get((d, i, j), ((), (), ()))
                closed = None if not self.known else bool(yes[d, i, j]) or (None if may[d, i, j] else False)
                level = self.levels.word(d, i, j) if self.known else "unknown"
                sure = (
                    "legal" if self.levels.legal[d, i, j] else "political" if self.levels.political[d, i, j] else "none"
                )
                cells.append(
                    Cell(one, other, domain, level, sure if self.known else "none", closed,
                         tuple(by), tuple(perhaps), tuple(idle))
                )  # fmt: skip
        return tuple(cells)

    def _texts_of_cells(self) -> dict[tuple[int, int, int], tuple[list[int], list[int], list[int]]]:
        """For cells (domain, i, j) the numbers of the texts that close it, may close it, or lie idle in it."""
        counted = self.counted
        found: dict[tuple[int, int, int], tuple[list[int], list[int], list[int]]] = {}
        if not self.known:
            return found
        for number, one in enumerate(self.owed):
            d = self.domains.index(one.duty.domain)
            for place, matrix in enumerate((one.sure, one.perhaps & ~one.sure, one.idle)):
                for i, j in np.argwhere(matrix & counted).tolist():
                    found.setdefault((d, i, j), ([], [], []))[place].append(number)
        return found

    @cached_property
    def counted(self) -> Bools:
        """[i, j], i before j: the pairs that are counted."""
        at = {state: row for row, state in enumerate(self.states)}
        mask = np.zeros((len(self.states), len(self.states)), dtype=bool)
        for one, other in self.pairs.pairs:
            mask[at[one], at[other]] = True
        return mask

    @cached_property
    def counts(self) -> tuple[dict[str, Any], ...]:
        """For each domain, and for all together, how many cells have which level, and are closed or open."""
        numbers = [self._counts_of(d) for d in range(len(self.domains))]
        whole = {name: sum(one[name] for one in numbers) for name in numbers[0]}
        rows = [{"domain": domain, **one} for domain, one in zip(self.domains, numbers, strict=True)]
        return (*rows, {"domain": "all", **whole})

    def _counts_of(self, d: int) -> dict[str, int]:
        mask, held = self.counted, self.levels
        total = int(mask.sum())
        names = ("legal", "political", "none", "unknown", "closed", "not_known", "open")
        if not self.known:
            return dict.fromkeys(names, 0) | {"unknown": total, "not_known": total}
        yes, may = (one[d] & mask for one in held.closed(self.binding))
        legal = int((held.legal[d] & mask).sum())
        political = int((held.political[d] & ~held.legal_may[d] & mask).sum())
        none = int((~held.legal_may[d] & ~held.political_may[d] & mask).sum())
        closed, unsure = int(yes.sum()), int((may & ~yes).sum())
        unknown = total - legal - political - none
        return dict(zip(names, (legal, political, none, unknown, closed, unsure, total - closed - unsure), strict=True))

    @cached_property
    def by_state(self) -> tuple[dict[str, Any], ...]:
        """For each state its counted pairs, and how many of its cells are open or not known; most open first."""
        yes, may = self.levels.closed(self.binding)
        both = self.counted | self.counted.T
        opened = (~may & both[None]).sum(axis=(0, 2)) if self.known else np.zeros(len(self.states), dtype=int)
        unsure = (may & ~yes & both[None]).sum(axis=(0, 2)) if self.known else both.sum(axis=1) * len(self.domains)
        rows = [
            {"state": state, "name": self.names.get(state, state), "pairs": int(both[i].sum()),
             "open": int(opened[i]), "not_known": int(unsure[i])}
            for i, state in enumerate(self.states)
        ]  # fmt: skip
        return tuple(sorted(rows, key=lambda row: (-row["open"], row["state"])))

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape vacuum/1."""
        return {
            "schema": SCHEMA,
            "on": self.on,
            "among": None if self.asked is None else list(self.asked),
            "states": list(self.states),
            "unsure_members": list(self.unsure_members),
            "binding": self.binding,
            "layer": self.layer,
            "with_universal": self.with_universal,
            "domains": list(self.domains),
            "known": self.known,
            "known_to": self.known_to,
            "pairs": {"which": self.pairs.which, "count": len(self.pairs.pairs), "rules": list(self.pairs.rules)},
            "data": dict(sorted(self.pairs.data.items())),
            "counts": list(self.counts),
            "texts": [self._text(number, one) for number, one in enumerate(self.owed)],
            "matrix": list(self._matrix()),
            "by_state": list(self.by_state),
            "no_pledge": {one.kind: {"states": list(one.states), "unsure": list(one.unsure)} for one in self.unpledged},
            "interconnections": None if self.links is None else _links(self.links),
            "left_out": list(self.left_out),
            "lists_not_complete": list(self.not_complete),
            **said_of_recalled(self.recalled),
            "record": self.record,
        }

    def _matrix(self) -> Iterator[dict[str, Any]]:
        width = len(self.domains)
        for number, (one, other) in enumerate(self.pairs.pairs):
            cells = self.cells[number * width : (number + 1) * width]
            row = {"a": one, "b": other, "matters": list(self.pairs.reasons.get((one, other), ()))}
            yield row | {"cells": {cell.domain: self._cell(cell) for cell in cells}}

    def _cell(self, cell: Cell) -> dict[str, Any]:
        found: dict[str, Any] = {"level": cell.level, "closed": cell.closed, "by": list(cell.by)}
        if cell.level == "unknown":
            found |= {"at_least": cell.at_least, "why": self._why(cell)}
        if cell.perhaps:
            found["perhaps"] = list(cell.perhaps)
        if cell.idle:
            found["idle"] = list(cell.idle)
        return found

    def _why(self, cell: Cell) -> str:
        """Why a cell is not known: what is said of the first side whose part in a text is not known."""
        if not self.known:
            return PAST
        for number in cell.perhaps:
            said = self.whys.get(self.owed[number].duty.text, {})
            for state in (cell.one, cell.other):
                if state in said:
                    return said[state]
        return "undated"

    def _text(self, number: int, one: Owed) -> dict[str, Any]:
        duty: Duty = one.duty
        whys = self.whys.get(duty.text, {})
        return {
            "id": number,
            "text": duty.text,
            "kind": duty.kind,
            "article": duty.article,
            "domain": duty.domain,
            "duty": duty.duty,
            "binding": duty.binding,
            "universal": duty.universal,
            "unsure": [{"state": state, "why": whys[state]} for state in one.unsure if state in whys],
            "claims": list(duty.claims),
        }

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        count = len(self.pairs.pairs)
        states, pairs = f"{len(self.states)} states", f"{count:,} pair{'' if count == 1 else 's'}"
        whole = self.counts[-1]
        total = whole["closed"] + whole["open"] + whole["not_known"]
        scope = f"{states}, {pairs}" + ("" if self.pairs.which == "all" else f" that matter{'s' * (count == 1)}")
        domains = "all domains" if len(self.domains) == len(DOMAINS) else ", ".join(DOMAINS[d] for d in self.domains)
        if not self.known:
            return f"{self.on} is past what the record covers ({self.known_to}): all {total:,} cells are unknown."
        duty = "duty" if self.binding == ANY else f"{self.binding} duty"
        cells = "one cell" if total == 1 else f"{total:,} cells"
        text = f"{scope}, {domains} on {self.on}: of {cells} {whole['open']:,} without a {duty} on both sides"
        if self.binding == "legal" and whole["open"]:
            text += f" ({_open_political(self):,} of them with a political one)"
        text += f", {whole['closed']:,} with one, {whole['not_known']:,} not known"
        text += "; by the texts in this record" + ("" if self.with_universal else ", universal ones left out")
        return with_recalled(text + ".", self.recalled)

    def rows(self) -> list[dict[str, Any]]:
        """One row a pair and domain: the level, and in words what closes it, may close it, or lies idle."""
        said = [one.duty.says for one in self.owed]
        return [
            {
                "state_a": cell.one,
                "state_b": cell.other,
                "domain": cell.domain,
                "level": cell.level,
                "at_least": cell.at_least if cell.level == "unknown" else None,
                "closed": cell.closed,
                "by": "; ".join(said[n] for n in cell.by) or None,
                "perhaps": "; ".join(said[n] for n in cell.perhaps) or None,
                "idle": "; ".join(said[n] for n in cell.idle) or None,
                "matters": "; ".join(self.pairs.reasons.get((cell.one, cell.other), ())) or None,
            }
            for cell in self.cells
        ]

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the answer rests on."""
        return self.source_keys


def _open_political(vacuum: Vacuum) -> int:
    open_ = ~vacuum.levels.legal_may & vacuum.levels.political
    return int((open_ & vacuum.counted[None]).sum())


def _links(links: Links) -> dict[str, Any]:
    return {
        "ranking": [_whole_link(link) | {"rank": rank} for rank, link in enumerate(links.ranking, 1)],
        "best": {kind: None if link is None else _whole_link(link) for kind, link in links.best.items()},
        "tried": dict(links.tried),
        "closing": dict(links.closing),
        "assumptions": list(links.assumptions),
    }


def _whole_link(link: Link) -> dict[str, Any]:
    return {
        "interconnection": link.says,
        "kind": link.kind,
        "state": link.state or None,
        "organization": link.organization,
        "with": link.other or None,
        "closes": link.closes,
        "by_domain": dict(link.by_domain),
        "pairs": [list(pair) for pair in link.pairs],
        "claims": list(link.claims),
    }
