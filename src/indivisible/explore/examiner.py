"""Puts packages to the demands of a case: quickly, to see what surely fails, and in full, to see what surely holds.

Which demands a package fails is one whole number, a bit for each demand. What it is quickly seen to fail is always a
part of what it fails when judged in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from indivisible.architecture.arrays import Bools, Floats, Integers
from indivisible.assess.assess import kept_constants
from indivisible.assess.draws import KINDS, draws
from indivisible.assess.moved import changes, verdicts
from indivisible.assess.verdict import GAINS, LOSES, NOT_SEEN, ROUNDING, UNCHANGED, UNKNOWN, threshold
from indivisible.explore.cells import Cells
from indivisible.explore.consents import Asked, Consents, refused
from indivisible.explore.demand import CLOSED, CONSENT, COVERED, GAIN, NO_LOSS, ROBUST, SOMETHING, TAKEN, Demand
from indivisible.explore.design_case import Harm
from indivisible.explore.interplay import bits, places_of
from indivisible.explore.screen import Screen
from indivisible.explore.worlds import Kept, Worlds
from indivisible.models import MODELS
from indivisible.models.base import Model, Reading, Settings

Run = tuple[str, Model, Settings]  # label, model, constants


@dataclass(frozen=True)
class Judged:
    """A package judged in full by one model: each state's verdict and change, with its bounds, by row.

    `may_lose`: who loses, or of whom it is not known and a loss is not ruled out.
    """

    verdicts: tuple[str, ...]
    may_lose: Bools
    change: Floats
    low: Floats
    high: Floats


@dataclass
class Examiner:
    """The demands of a case, and the models that judge them. `watched`, `gain`, `covered` and `among` are states.

    `closed` are domains in which every two states `among` are to have a legal duty to each other.
    """

    worlds: Worlds
    runs: tuple[Run, ...]
    watched: tuple[str, ...]
    must: tuple[str, ...] = ()
    gain: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    harm: Harm = field(default_factory=Harm)
    among: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    looked: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.states = self.worlds.arrays.states
        self.row = {state: i for i, state in enumerate(self.states)}
        self.rows = np.array([self.row[state] for state in self.watched], dtype=np.int64)
        self.gaining = np.array([self.row[state] for state in self.gain], dtype=np.int64)
        self.reads = frozenset[str]().union(*(model.reads for _, model, _ in self.runs))
        self.labels = tuple(label for label, _, _ in self.runs)
        self.demands = tuple(self._demands())
        self.place = {demand: n for n, demand in enumerate(self.demands)}
        self.asked = bits(k for k, one in enumerate(self.worlds.levers) if one.consent_states or one.consent_bodies)
        self.musts = {lever.id: 1 << k for k, lever in enumerate(self.worlds.levers)}
        self._forget()

    def _demands(self) -> Iterable[Demand]:
        """Every demand; that something be done at all is one where doing nothing would meet all others."""
        if not (self.must or self.gain):
            yield Demand(SOMETHING)
        yield from (Demand(TAKEN, lever) for lever in self.must)
        yield from (Demand(COVERED, state) for state in self.covered)
        yield from (Demand(CLOSED, domain) for domain in self.closed)
        for label in self.labels:
            for lever in self.worlds.levers:
                yield from (Demand(CONSENT, who, label, lever.id)
                            for who in (*lever.consent_states, *lever.consent_bodies))  # fmt: skip
        for kind, states in ((GAIN, self.gain), (NO_LOSS, self.watched), (ROBUST, self.watched)):
            if kind != ROBUST or self.harm.draws:
                yield from (Demand(kind, state, label) for label in self.labels for state in states)

    def _forget(self) -> None:
        self.judged: Kept[int, Mapping[str, Judged]] = Kept(4096)
        self.drawn: Kept[int, int] = Kept(4096)
        self.consents = Consents(self.worlds)
        self.cells = Cells(self.worlds, self.among)

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: all but what can be made again."""
        left_out = {"judged", "drawn", "consents", "cells", "screens", "first_readings", "defended"}
        kept = {name: value for name, value in self.__dict__.items() if name not in left_out}
        return kept | {"looked": {}, "runs": tuple((label, model.name, chosen) for label, model, chosen in self.runs)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        known = {model.name: model for model in MODELS}
        self.runs = tuple((label, known[name], chosen) for label, name, chosen in state["runs"])
        self._forget()

    @cached_property
    def screens(self) -> dict[str, Screen]:
        """The quick look of every model."""
        materiality = self.harm.materiality
        return {label: Screen(self.worlds, model, settings, materiality) for label, model, settings in self.runs}

    @cached_property
    def first_readings(self) -> dict[str, Reading]:
        """Every model's reading of the start."""
        return {label: model.read(self.worlds.arrays, settings) for label, model, settings in self.runs}

    def surely_fails(self, package: int) -> int:
        """Demands that a possible package fails, as far as one point of all that is not known shows it."""
        seen = self.worlds.seen(package, self.reads)
        if seen not in self.looked:
            self.looked[seen] = self._looked_at(seen)
        return self.looked[seen] | self._of_the_package(package, full=False)

    def fails(self, package: int, *, drawn: bool = False) -> int:
        """Demands that a possible package does not surely meet, judged in full; those over draws only if `drawn`."""
        found = 0
        for label, judged in self.judge(package).items():
            found |= self._shifted(judged.may_lose[self.rows], NO_LOSS, self.watched, label)
            short = np.array([judged.verdicts[i] != GAINS for i in self.gaining.tolist()], dtype=bool)
            found |= self._shifted(short, GAIN, self.gain, label)
        if drawn and self.harm.draws:
            found |= self._lost_in_draws(package)
        return found | self._of_the_package(package, full=True)

    def judge(self, package: int) -> Mapping[str, Judged]:
        """Every model's full judgement."""
        seen = self.worlds.seen(package, self.reads)
        known = self.judged.asked(seen)
        if known is not None:
            return known
        assert self.worlds.start is not None
        comparison = replace(self.worlds.start, arrays_after=self.worlds.after(seen))
        found = {}
        for label, model, settings in self.runs:
            before = self.first_readings[label]
            after = model.read(comparison.arrays_after, settings)
            moved = changes(model, settings, comparison, before, after)
            said = verdicts(model, moved, unit=before.unit, materiality=self.harm.materiality)
            bound = threshold(model.scale, self.harm.materiality, before.unit) + ROUNDING
            no_loss = np.array([one not in (LOSES, UNKNOWN) for one in said], dtype=bool)
            with np.errstate(invalid="ignore"):
                found[label] = Judged(said, ~(no_loss | (moved[1] >= -bound)), *moved[:3])
        return self.judged.put(seen, found)

    def said(self, package: int, label: str) -> dict[str, str]:
        """Every state's verdict on a package by one model, judged in full; where no loss is possible, unchanged."""
        judged = self.judge(package)[label]
        open_ = [said == UNKNOWN and not may for said, may in zip(judged.verdicts, judged.may_lose, strict=True)]
        said = (UNCHANGED if one else verdict for one, verdict in zip(open_, judged.verdicts, strict=True))
        return dict(zip(self.states, said, strict=True))

    def failed(self, number: int) -> tuple[Demand, ...]:
        """The demands that a number stands for."""
        return tuple(self.demands[n] for n in places_of(number))

    def numbered(self, kind: str) -> int:
        """All demands of a kind, as one number."""
        return self._mask(one for one in self.demands if one.kind == kind)

    def _looked_at(self, seen: int) -> int:
        found = 0
        for label, screen in self.screens.items():
            found |= self._shifted(screen.lose(seen)[self.rows], NO_LOSS, self.watched, label)
            if self.gain:
                found |= self._shifted(~screen.may_gain(seen)[self.gaining], GAIN, self.gain, label)
        return found

    def _shifted(self, flags: Bools, kind: str, states: tuple[str, ...], label: str) -> int:
        """Flags, one a state, as the number that has them where these demands stand."""
        return number_of(flags) << self.place[Demand(kind, states[0], label)] if states else 0

    def _of_the_package(self, package: int, *, full: bool) -> int:
        """What does not hang on what the models read alone: levers that are wanted, cover, and consents."""
        found = 0
        if not package and self.demands and self.demands[0].kind == SOMETHING:
            found |= 1
        if self.must:
            found |= self._mask(Demand(TAKEN, one) for one in self.must if not package & self.musts[one])
        if self.covered:
            found |= self._mask(Demand(COVERED, state) for state in self._uncovered(package))
        if full and self.closed:
            not_closed = self.cells.not_closed(package)
            found |= self._mask(Demand(CLOSED, domain) for domain in self.closed if domain in not_closed)
        if package & self.asked:
            for label in self.labels:
                no = refused(self.asked_of(package, label, full=full), full=full)
                found |= self._mask(Demand(CONSENT, one.who, label, one.lever) for one in no)
        return found

    def asked_of(self, package: int, label: str, *, full: bool = True) -> Iterable[Asked]:
        """The consents that a package needs; at one point a loss stands for itself, and all else stands for a yes."""
        if full:
            said = self.said(package, label)
        else:
            lost = self.screens[label].lose(self.worlds.seen(package, self.reads)).tolist()
            said = {state: LOSES if lost[i] else UNCHANGED for i, state in enumerate(self.states)}
        return self.consents.of(package & self.asked, said)

    @cached_property
    def defended(self) -> Integers:
        """[n]: by how many pledges each state is surely defended at the start."""
        found = np.zeros(len(self.states), dtype=np.int64)
        for made in self.worlds.arrays.promises:
            if made.kind == "defence":
                np.add.at(found, made.receivers[made.certain], 1)
        return found

    def _uncovered(self, package: int) -> list[str]:
        found = self.defended
        for _, part in self.worlds.parts(package):
            if (moved := part.moves.get("defence")) is not None:
                found = found.copy()
                np.add.at(found, moved.receivers[moved.certain], moved.more[moved.certain])
        return [state for state in self.covered if found[self.row[state]] <= 0]

    def _lost_in_draws(self, package: int) -> int:
        """Demands over draws that fail: a state that loses, or may lose, in more than the share that is allowed."""
        seen = self.worlds.seen(package, self.reads)
        known = self.drawn.asked(seen)
        if known is not None:
            return known
        kept, found = kept_constants(self.harm.settings), 0
        for label, shares in self.shares_lost(seen, kept).items():
            found |= self._shifted(shares[self.rows] > self.harm.most, ROBUST, self.watched, label)
        return self.drawn.put(seen, found)

    def shares_lost(self, seen: int, kept: Mapping[str, frozenset[str]]) -> dict[str, Floats]:
        """[n] by model: the share of draws in which a state loses, or in which it is not known that it does not."""
        found = {}
        for label, model, settings in self.runs:
            if not self.worlds.seen(seen, model.reads):
                continue
            drawn = draws(
                model, settings, self.worlds.arrays, self.worlds.after(seen), materiality=self.harm.materiality,
                number=self.harm.draws, seed=self.harm.seed, kept=kept.get(model.name, frozenset()),
            )  # fmt: skip
            lost = drawn.counts[:, KINDS.index(LOSES)] + drawn.counts[:, KINDS.index(UNKNOWN)]
            found[label] = lost / drawn.number
        return found

    def _mask(self, demands: Iterable[Demand]) -> int:
        return bits(self.place[one] for one in demands)

    def blind(self, package: int) -> tuple[str, ...]:
        """The models that have not seen anything of a package for any watched state."""
        return tuple(
            label for label, judged in self.judge(package).items()
            if all(judged.verdicts[i] == NOT_SEEN for i in self.rows.tolist())
        )  # fmt: skip


def number_of(flags: Bools) -> int:
    """Flags as one number, the first as its lowest bit."""
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")
