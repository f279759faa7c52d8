"""Puts packages to the demands of a case: quickly, to see what surely fails, and in full, to see what surely holds.

Which demands a package fails is one whole number, a bit for each demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from indivisible.architecture.arrays import Bools, Floats
from indivisible.assess.consent import body_consents, state_consents
from indivisible.assess.moved import changes, verdicts
from indivisible.assess.verdict import GAINS, LOSES, NOT_SEEN, UNCHANGED, UNKNOWN
from indivisible.explore.demand import CONSENT, COVERED, GAIN, NO_LOSS, TAKEN, Demand
from indivisible.explore.interplay import bits
from indivisible.explore.screen import Screen
from indivisible.explore.worlds import Worlds
from indivisible.models.base import Model, Settings
from indivisible.values import Truth

Run = tuple[str, Model, Settings]  # label, model, constants


@dataclass(frozen=True)
class Judged:
    """A package judged in full by one model: each state's verdict and change, with its bounds, by row."""

    verdicts: tuple[str, ...]
    change: Floats
    low: Floats
    high: Floats


@dataclass
class Examiner:
    """The demands of a case, and the models that judge them. `watched`, `gain` and `covered` are states."""

    worlds: Worlds
    runs: tuple[Run, ...]
    watched: tuple[str, ...]
    must: tuple[str, ...] = ()
    gain: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    materiality: float = 0.01
    demands: tuple[Demand, ...] = ()
    place: dict[Demand, int] = field(default_factory=dict)
    looked: dict[int, int] = field(default_factory=dict)
    judged: dict[int, Mapping[str, Judged]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.states = self.worlds.arrays.states
        self.row = {state: i for i, state in enumerate(self.states)}
        self.rows = np.array([self.row[state] for state in self.watched], dtype=np.int64)
        self.reads = frozenset[str]().union(*(model.reads for _, model, _ in self.runs))
        self.screens = {
            label: Screen(self.worlds, model, settings, self.materiality) for label, model, settings in self.runs
        }
        labels = tuple(self.screens)
        self.demands = (
            *(Demand(TAKEN, lever) for lever in self.must),
            *(Demand(COVERED, state) for state in self.covered),
            *(
                Demand(CONSENT, who, label, lever.id)
                for lever in self.worlds.levers
                for who in (*lever.consent_states, *lever.consent_bodies)
                for label in labels
            ),
            *(Demand(GAIN, state, label) for label in labels for state in self.gain),
            *(Demand(NO_LOSS, state, label) for label in labels for state in self.watched),
        )
        self.place = {demand: n for n, demand in enumerate(self.demands)}
        self.first = {
            label: self.place[Demand(NO_LOSS, self.watched[0], label)] if self.watched else 0 for label in labels
        }
        self.asked = bits(k for k, one in enumerate(self.worlds.levers) if one.consent_states or one.consent_bodies)

    def surely_fails(self, package: int) -> int:
        """Demands that a possible package fails, as far as one point of all that is not known shows it."""
        seen = self.worlds.seen(package, self.reads)
        if seen not in self.looked:
            self.looked[seen] = self._looked_at(seen)
        return self.looked[seen] | self._of_the_package(package, seen, full=False)

    def fails(self, package: int) -> int:
        """Demands that a possible package does not surely meet, judged in full."""
        seen = self.worlds.seen(package, self.reads)
        found = 0
        for label, judged in self.judge(package).items():
            lost = np.array([judged.verdicts[i] in (LOSES, UNKNOWN) for i in self.rows.tolist()], dtype=bool)
            found |= number_of(lost) << self.first[label]
            found |= self._mask(
                Demand(GAIN, state, label) for state in self.gain if judged.verdicts[self.row[state]] != GAINS
            )
        return found | self._of_the_package(package, seen, full=True)

    def judge(self, package: int) -> Mapping[str, Judged]:
        """Every model's full judgement, the steps applied one by one as in any change."""
        seen = self.worlds.seen(package, self.reads)
        if seen not in self.judged:
            comparison = self.worlds.comparison(seen)
            found = {}
            for label, model, settings in self.runs:
                before = model.read(comparison.arrays_before, settings)
                after = model.read(comparison.arrays_after, settings)
                moved = changes(model, settings, comparison, before, after)
                said = verdicts(model, moved, unit=before.unit, materiality=self.materiality)
                found[label] = Judged(said, *moved[:3])
            self.judged[seen] = found
        return self.judged[seen]

    def failed(self, number: int) -> tuple[Demand, ...]:
        """The demands that a number stands for."""
        return tuple(self.demands[n] for n in bits_of(number))

    def _looked_at(self, seen: int) -> int:
        found = 0
        for label, screen in self.screens.items():
            change = screen.change(seen)
            lost: Bools = change[self.rows] < -screen.bound
            found |= number_of(lost) << self.first[label]
            short = screen.bound - 2 * screen.margin
            found |= self._mask(Demand(GAIN, state, label) for state in self.gain if change[self.row[state]] <= short)
        return found

    def _of_the_package(self, package: int, seen: int, *, full: bool) -> int:
        """What does not hang on what the models read alone: levers that are wanted, cover, and consents."""
        found = 0
        if self.must:
            taken = {lever.id for lever in self.worlds.taken(package)}
            found |= self._mask(Demand(TAKEN, one) for one in self.must if one not in taken)
        if self.covered:
            defended: list[bool] = np.asarray(self.worlds.after(package).ties("defence").sure.any(axis=0)).tolist()
            found |= self._mask(Demand(COVERED, state) for state in self.covered if not defended[self.row[state]])
        if package & self.asked:
            found |= self._mask(self._refused(package, seen, full=full))
        return found

    def _refused(self, package: int, seen: int, *, full: bool) -> Iterable[Demand]:
        """Consents that are surely not given (or, in `full`, that are not surely given)."""
        record, day = self.worlds.record, self.worlds.before.day
        for label in self.screens:
            said = self._said(label, seen, full=full)
            for lever in self.worlds.taken(package & self.asked):
                for state in lever.consent_states:
                    if _fails(state_consents(said[state]), full=full):
                        yield Demand(CONSENT, state, label, lever.id)
                for body in lever.consent_bodies:
                    if _fails(body_consents(record, body, lever.steps[0].do, day, said).truth, full=full):
                        yield Demand(CONSENT, body, label, lever.id)

    def _said(self, label: str, seen: int, *, full: bool) -> dict[str, str]:
        """Every state's verdict; at one point a loss stands for itself, all else is taken not to stand in the way."""
        if full:
            return dict(zip(self.states, self.judge(seen)[label].verdicts, strict=True))
        screen = self.screens[label]
        lost: Bools = screen.change(seen) < -screen.bound
        return {state: LOSES if bool(lost[i]) else UNCHANGED for i, state in enumerate(self.states)}

    def _mask(self, demands: Iterable[Demand]) -> int:
        return bits(self.place[one] for one in demands)

    def count(self, package: int, verdict: str) -> dict[str, int]:
        """For how many of the watched states each model gives a verdict."""
        return {
            label: sum(judged.verdicts[i] == verdict for i in self.rows.tolist())
            for label, judged in self.judge(package).items()
        }

    def blind(self, package: int) -> tuple[str, ...]:
        """The models that have not seen anything of a package for any watched state."""
        return tuple(label for label, number in self.count(package, NOT_SEEN).items() if number == len(self.watched))

    def ranked(self, package: int) -> dict[str, tuple[float, ...]]:
        """The watched states' changes from the worst up, at the low end of their bounds, by model."""
        return {
            label: tuple(np.sort(np.round(judged.low[self.rows], 12)).tolist())
            for label, judged in self.judge(package).items()
        }


def number_of(flags: Bools) -> int:
    """Flags as one number, the first as its lowest bit."""
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def bits_of(number: int) -> tuple[int, ...]:
    """The places of the bits of a number."""
    found = []
    while number:
        low = number & -number
        found.append(low.bit_length() - 1)
        number ^= low
    return tuple(found)


def _fails(consent: Truth, *, full: bool) -> bool:
    return consent is Truth.NO or (full and consent is Truth.UNKNOWN)
