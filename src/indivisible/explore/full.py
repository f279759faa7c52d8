"""Judges in full the packages that were not seen to fail: those that meet every demand, and which none of them beats.

Where there are many, those are left out that one judged in full beats even at the most they can be worth; what is
found to be beaten by no other is then the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from indivisible.explore.executor import Crew
from indivisible.explore.frontier import Worth, beats, not_beaten
from indivisible.explore.packages import BLOCK
from indivisible.explore.search import Clock
from indivisible.explore.worth import Worths

IN_ONE = 64  # packages judged before others are left out, whatever the number of workers
Told = Callable[[str, int, int], None]
Values = tuple[Worth, ...]


@dataclass
class Harmless:
    """Packages that meet every demand with what they are worth, what the others fail, and which were left out.

    `left_out` are beaten, whether they meet every demand or not; `waiting` were not come to when the time was over.
    """

    worths: dict[int, Values] = field(default_factory=dict)
    failed: dict[int, int] = field(default_factory=dict)
    left_out: int = 0
    waiting: int = 0

    @property
    def frontier(self) -> tuple[int, ...]:
        """Those that no other beats."""
        return not_beaten(self.worths)


def in_full(worths: Worths, package: int) -> tuple[int, int, Values]:
    """A package with the demands it fails, over draws too, and what it is worth if it fails none."""
    failed = worths.examiner.fails(package)
    failed = failed or worths.examiner.fails(package, drawn=True)
    return package, failed, () if failed else worths.of(package)


def at_most(worths: Worths, packages: tuple[int, ...]) -> list[tuple[int, Values]]:
    """Packages with the most that they can be worth."""
    return [(one, worths.at_most(one)) for one in packages]


def harmless(
    crew: Crew,
    passing: Sequence[int],
    *,
    all_up_to: int,
    clock: Clock,
    most: int | None = None,
    progress: Told | None = None,
) -> Harmless:
    """Judge packages in full; all of them where there are no more than `all_up_to`, otherwise the most promising first,
    until the others are beaten, the time is over, or `most` were judged.
    """
    found = Harmless()
    few = len(passing) <= all_up_to or clock.over
    promise: dict[int, Values] = {}
    waiting = list(passing)
    done = 0
    try:
        if not few:
            promise = _promise(crew, passing, progress)
            waiting.sort(key=lambda one: _order(one, promise[one]))
        while waiting:
            batch, waiting = waiting[:IN_ONE], waiting[IN_ONE:]
            for package, failed, worth in crew.map(in_full, batch):
                done += 1
                if failed:
                    found.failed[package] = failed
                else:
                    found.worths[package] = worth
                if progress is not None:
                    progress("packages judged in full", done, done + len(waiting))
            if clock.over or (most is not None and done >= most):
                break
            if not few:
                best = tuple(dict.fromkeys(found.worths[one] for one in found.frontier))
                kept = [one for one in waiting if not any(beats(worth, promise[one]) for worth in best)]
                found.left_out += len(waiting) - len(kept)
                waiting = kept
    except KeyboardInterrupt:
        clock.interrupted = True
    found.waiting = len(passing) - found.left_out - len(found.failed) - len(found.worths)
    return found


def _promise(crew: Crew, passing: Sequence[int], progress: Told | None) -> dict[int, Values]:
    tasks = (tuple(passing[n : n + BLOCK]) for n in range(0, len(passing), BLOCK))
    found: dict[int, Values] = {}
    for block in crew.map(at_most, tasks):
        found.update(block)
        if progress is not None:
            progress("packages compared", len(found), len(passing))
    return found


def _order(package: int, promise: Values) -> tuple[tuple[tuple[float, ...], ...], int, int]:
    """The most promising first."""
    return tuple(tuple(-one for one in worth) for worth in promise), package.bit_count(), package
