"""Judges in full what a proof rests on: which demands cannot be met together, and that each set is smallest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from indivisible.explore.blocking import bits_in, blocking_sets, smallest
from indivisible.explore.examiner import Examiner
from indivisible.explore.executor import Crew
from indivisible.explore.interplay import bits
from indivisible.explore.programme import Outcome
from indivisible.explore.worth import Worths

IN_ONE = 32  # packages judged in full before what is known is looked at again, whatever the number of workers
Told = Callable[[int], None]


@dataclass(frozen=True)
class Blocked:
    """Sets of demands that no package meets together; whether these are all, and whether each is smallest."""

    sets: tuple[int, ...]
    whole: bool
    minimal: bool


def failed_in_full(worths: Worths, package: int) -> tuple[int, int]:
    """Everything that a package fails, over draws too."""
    return package, worths.examiner.fails(package, drawn=True)


def failed_at_all(worths: Worths, package: int) -> tuple[int, int]:
    """Everything that a package fails, draws left out."""
    return package, worths.examiner.fails(package)


def blocked(crew: Crew, failures: dict[int, int], exact: set[int], *, most: int, told: Told | None = None) -> Blocked:
    """Minimal sets of demands that every package fails one of; `failures` is filled up as packages are judged.

    What a package surely fails is a part of what it fails, so a set that hits all of the former blocks. The sets are
    all, and smallest, once every smallest failure is that of a package judged in full (`exact`): none then fails less.
    That needs judging those packages in full; where it would take more than `most`, only that each set found is
    smallest is shown, as far as another `most` allow.
    """
    settled = _settled(crew, failures, exact, most, told)
    found, whole = blocking_sets(failures.values())
    if settled:
        return Blocked(found, whole, True)
    left = most
    while left > 0:
        wanted = list(islice(_witnesses(failures, exact, found), min(IN_ONE, left)))
        if not wanted:
            return Blocked(found, False, True)
        left -= len(wanted)
        if _judged(crew, wanted, failures, exact, told):
            found, whole = blocking_sets(failures.values())
    return Blocked(found, False, next(_witnesses(failures, exact, found), None) is None)


def ruled_out(crew: Crew, outcome: Outcome, examiner: Examiner) -> Blocked:
    """The sets of demands that an integer programme shows no package to meet. Each is smallest if, whichever of it is
    spared, a package judged in full meets the others.
    """
    sets = tuple(bits(examiner.place[demand] for demand in conflict) for conflict in outcome.conflicts)
    every = sorted({one for witnesses in outcome.witnesses for one in witnesses if one is not None})
    failed = dict(crew.map(failed_in_full, every))
    minimal = all(
        witness is not None and not failed[witness] & one & ~(1 << examiner.place[spared])
        for one, conflict, witnesses in zip(sets, outcome.conflicts, outcome.witnesses, strict=True)
        for spared, witness in zip(conflict, witnesses, strict=True)
    )
    return Blocked(sets, False, minimal)


def _settled(crew: Crew, failures: dict[int, int], exact: set[int], most: int, told: Told | None) -> bool:
    """Judge packages until each smallest failure is one of a package judged in full; False where `most` are too few."""
    left = most
    while True:
        edges = smallest(failures.values())
        shown = {failures[package] for package in exact}
        open_ = [edge for edge in edges if edge not in shown]
        if not open_:
            return True
        if left <= 0:
            return False
        wanted = _one_each(failures, open_[: min(IN_ONE, left)])
        left -= len(wanted)
        _judged(crew, wanted, failures, exact, told)


def _one_each(failures: dict[int, int], edges: Sequence[int]) -> list[int]:
    """For each of these failures a package that has it, the one with the fewest levers."""
    wanted: dict[int, int] = {}
    asked = set(edges)
    for package, failed in failures.items():
        if failed in asked:
            first = wanted.get(failed)
            if first is None or (package.bit_count(), package) < (first.bit_count(), first):
                wanted[failed] = package
    return sorted(wanted.values())


def _judged(crew: Crew, wanted: Iterable[int], failures: dict[int, int], exact: set[int], told: Told | None) -> bool:
    """Judge packages in full; whether any fails more than was seen."""
    grown = False
    for package, failed in crew.map(failed_in_full, wanted):
        exact.add(package)
        grown = grown or failed | failures[package] != failures[package]
        failures[package] |= failed
        if told is not None:
            told(len(exact))
    return grown


def _witnesses(failures: dict[int, int], exact: set[int], found: Sequence[int]) -> Iterator[int]:
    """Packages not yet judged in full without which it is not shown that a set can do without none of its demands."""
    order = sorted(failures, key=lambda package: (failures[package].bit_count(), package))
    asked: set[int] = set()
    for one in found:
        for bit in bits_in(one):
            others = one & ~bit
            fitting = (package for package in order if not failures[package] & others)
            first = next((package for package in fitting), None)
            if first is not None and first not in exact and first not in asked:
                asked.add(first)
                yield first
