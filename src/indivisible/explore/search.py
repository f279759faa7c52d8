"""Looks at every package within the limits, block by block, with a checkpoint after each; the order never changes.

A search that is interrupted goes on from its checkpoint and ends with the same bytes as one that never was. Where there
are more packages than the limit, an integer programme says first whether any can meet every demand; if one may, a local
search goes on from the best that was found.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from indivisible.errors import FileError
from indivisible.explore.design_case import Limits
from indivisible.explore.executor import Crew
from indivisible.explore.interplay import places_of
from indivisible.explore.nearby import MOST, nearby
from indivisible.explore.packages import blocks, packages, sets_in_all
from indivisible.explore.programme import Outcome, Programme
from indivisible.explore.worth import Worths

SCHEMA = "design-checkpoint/3"
IMPOSSIBLE = -1
FEW = 4_096  # packages looked at for near misses where it is proven that none meets every demand
Progress = Callable[[str, int, int], None]
Block = list[tuple[int, int]]  # packages, each with the demands it surely fails


@dataclass(frozen=True)
class Looked:
    """What every package surely fails, as numbers; IMPOSSIBLE for one that cannot be taken.

    `in_all` is how many sets there are within the limit on levers, that on steps apart; `proven` whether every one was
    looked at or ruled out; `complete_to` the number of levers up to which all packages were. `nearby` is how many more
    were looked at by local search, `stopped` whether time or somebody ended it. `outcome` is what an integer programme
    says of all packages, where there are too many to look at each (None: it was not asked, or has too many choices).
    """

    failures: dict[int, int]
    in_all: int
    proven: bool
    complete_to: int
    why_not: str
    nearby: int = 0
    stopped: bool = False
    outcome: Outcome | None = None


@dataclass
class Clock:
    """When the time of a search is over; `over` once somebody has interrupted it."""

    seconds: float | None
    interrupted: bool = False

    def __post_init__(self) -> None:
        self.started = time.monotonic()

    @property
    def over(self) -> bool:
        return self.interrupted or (self.seconds is not None and time.monotonic() - self.started > self.seconds)

    def left(self) -> float | None:
        """Seconds until it is over; None where it has no end."""
        return None if self.seconds is None else max(0.0, self.seconds - (time.monotonic() - self.started))

    @property
    def why(self) -> str:
        """Why it is over, in words."""
        return "the search was interrupted" if self.interrupted else f"the time of {self.seconds:g} s was over"


def search(
    worths: Worths,
    crew: Crew,
    *,
    limits: Limits,
    clock: Clock,
    digest: str,
    checkpoint: Path | None = None,
    progress: Progress | None = None,
) -> Looked:
    """Look at the packages. Raises FileError for a checkpoint of another question, or one that is damaged."""
    levers, most = worths.examiner.worlds.levers, limits.evaluations

    def every() -> Iterator[int]:
        return packages(levers, most=limits.levers, steps=limits.steps)

    in_all = sets_in_all(len(levers), most=limits.levers)
    too_many = in_all > most and next(islice(every(), most, None), None) is not None
    outcome = _of_all(worths, limits, clock) if too_many and not clock.over else None
    ruled_out = outcome is not None and bool(outcome.conflicts)
    most = min(most, FEW) if ruled_out else most
    waiting = blocks(every(), most=most)
    failures = dict(_resumed(checkpoint, digest, waiting))
    kept = _Writer(checkpoint)
    try:
        for block in crew.map(look_at, waiting):
            failures.update(block)
            kept.add(block)
            if progress is not None:
                progress("packages", len(failures), min(in_all, most))
            if clock.over:
                break
    except KeyboardInterrupt:
        clock.interrupted = True
    finally:
        kept.close()
    rest = next(islice(every(), len(failures), None), None)
    if rest is None:
        return Looked(failures, in_all, True, max((one.bit_count() for one in failures), default=0), "")
    complete = rest.bit_count() - 1
    if clock.over:
        why = "" if ruled_out else clock.why
        return Looked(failures, in_all, ruled_out, complete, why, stopped=True, outcome=outcome)
    known = {} if outcome is None else dict(look_at(worths, outcome.packages))
    more = known | _nearby(worths, crew, failures | known, limits, clock, progress)
    why = "" if ruled_out else f"the limit of {most:,} packages was reached"
    return Looked(failures | more, in_all, ruled_out, complete, why, len(more), clock.over, outcome)


def _of_all(worths: Worths, limits: Limits, clock: Clock) -> Outcome | None:
    """What the linear demands alone say of every package."""
    programme = Programme.of(worths.examiner, limits.levers, most_steps=limits.steps)
    return None if programme is None else programme.outcome(left=clock.left)


def _nearby(
    worths: Worths, crew: Crew, failures: dict[int, int], limits: Limits, clock: Clock, progress: Progress | None
) -> dict[int, int]:
    """Packages around the best that were looked at, and what they surely fail."""
    found: dict[int, int] = {}
    try:
        around = nearby(
            worths.examiner.worlds.levers, failures, lambda tasks: crew.map(look_at, tasks),
            most_levers=limits.levers, most_steps=limits.steps,
        )  # fmt: skip
        for block in around:
            found.update(block)
            if progress is not None:
                progress("packages nearby", len(found), MOST)
            if clock.over:
                break
    except KeyboardInterrupt:
        clock.interrupted = True
    return found


def look_at(worths: Worths, block: tuple[int, ...]) -> Block:
    """What each package of a block surely fails."""
    examiner = worths.examiner
    return [(one, IMPOSSIBLE if examiner.worlds.impossible(one) else examiner.surely_fails(one)) for one in block]


class _Writer:
    """Appends a line a block; a line that was cut off is dropped when the search goes on."""

    def __init__(self, path: Path | None) -> None:
        self.file = None if path is None else path.open("a", encoding="utf-8")

    def add(self, block: Block) -> None:
        """One block, on disk before the next is asked for."""
        if self.file is not None:
            self.file.write(_line(block) + "\n")
            self.file.flush()
            os.fsync(self.file.fileno())

    def close(self) -> None:
        """Close the file."""
        if self.file is not None:
            self.file.close()


def _line(block: Block) -> str:
    """A block as a line: its check, then every package as the places of its levers, with what it surely fails."""
    listed = [[places_of(package), f"{failed:x}"] for package, failed in block]
    return json.dumps([_check(json.dumps(listed)), listed])


def _check(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _resumed(path: Path | None, digest: str, waiting: Iterator[tuple[int, ...]]) -> Block:
    """The packages that a checkpoint holds, which are taken from those that wait; a new one is begun where none is."""
    if path is None:
        return []
    head = json.dumps({"schema": SCHEMA, "question": digest})
    if not path.exists() or not path.stat().st_size:
        _write(path, head + "\n")
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    if lines[0] != head and not (len(lines) == 1 and head.startswith(lines[0])):
        raise FileError(
            "the checkpoint belongs to another question or record, or to another version",
            where=str(path),
            do="name another file, or delete it",
        )
    whole = lines[1:-1]  # the last one is empty, or was cut off
    found: Block = []
    for number, line in enumerate(whole, 2):
        block = _block_of(line)
        if block is None or tuple(package for package, _ in block) != next(waiting, None):
            do = "delete it and all lines after it, and the search goes on from there"
            raise FileError("the checkpoint is damaged here", where=f"{path}, line {number}", do=do)
        found += block
    _write(path, "\n".join([head, *whole]) + "\n")
    return found


def _write(path: Path, text: str) -> None:
    """Put a file in place of another at once, so that a process that is killed meanwhile leaves one or the other."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    except OSError as problem:
        raise FileError(f"cannot be written: {problem.strerror}", where=str(path), do="name another file") from None


def _block_of(line: str) -> Block | None:
    """What a line holds; None where it is not as it was written."""
    try:
        check, listed = json.loads(line)
        found = [(sum(1 << place for place in places), int(failed, 16)) for places, failed in listed]
    except (ValueError, TypeError):
        return None
    return found if check == _check(json.dumps(listed)) else None
