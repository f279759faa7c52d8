"""Looks at every package within the limits, block by block, with a checkpoint after each; the order never changes.

A search that is interrupted goes on from its checkpoint and ends with the same bytes as one that never was.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from indivisible.errors import FileError
from indivisible.explore.examiner import Examiner
from indivisible.explore.executor import Executor
from indivisible.explore.packages import blocks, packages, sets_in_all

SCHEMA = "design-checkpoint/1"
IMPOSSIBLE = -1
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Looked:
    """What every package surely fails, as numbers; IMPOSSIBLE for one that cannot be taken.

    `in_all` is how many sets of levers there are within the limit on levers, `proven` whether every one was looked at
    or ruled out; `complete_to` the number of levers up to which all packages were.
    """

    failures: dict[int, int]
    in_all: int
    proven: bool
    complete_to: int
    why_not: str


def search(
    examiner: Examiner,
    executor: Executor,
    *,
    levers: int | None,
    evaluations: int,
    seconds: float | None,
    digest: str,
    checkpoint: Path | None = None,
    progress: Progress | None = None,
) -> Looked:
    """Look at the packages. Raises FileError for a checkpoint of another question."""
    worlds = examiner.worlds
    done = _resumed(checkpoint, digest)
    failures = {package: failed for block in done for package, failed in block}
    in_all = sets_in_all(len(worlds.levers), most=levers)
    waiting = islice(blocks(packages(worlds.levers, most=levers), most=evaluations), len(done), None)
    started, why = time.monotonic(), f"the limit of {evaluations:,} packages was reached"
    kept = _Writer(checkpoint)
    try:
        for block in executor.map(look_at, waiting, _same, examiner):
            failures.update(block)
            kept.add(block)
            if progress is not None:
                progress("packages", len(failures), min(in_all, evaluations))
            if seconds is not None and time.monotonic() - started > seconds:
                why = f"the time of {seconds:g} s was over"
                break
    except KeyboardInterrupt:
        why = "it was interrupted"
    finally:
        kept.close()
    rest = next(islice(packages(worlds.levers, most=levers), len(failures), None), None)
    if rest is None:
        return Looked(failures, in_all, True, max((one.bit_count() for one in failures), default=0), "")
    return Looked(failures, in_all, False, rest.bit_count() - 1, why)


def look_at(examiner: Examiner, block: tuple[int, ...]) -> list[tuple[int, int]]:
    """What each package of a block surely fails."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return [(one, IMPOSSIBLE if examiner.worlds.impossible(one) else examiner.surely_fails(one)) for one in block]


def _same(examiner: Examiner) -> Examiner:
    return examiner


class _Writer:
    """Appends a line a block; a line that was cut off is dropped when the search goes on."""

    def __init__(self, path: Path | None) -> None:
        self.file = None if path is None else path.open("a", encoding="utf-8")

    def add(self, block: list[tuple[int, int]]) -> None:
        """One block, on disk before the next is asked for."""
        if self.file is not None:
            self.file.write(json.dumps([[f"{p:x}", f"{failed:x}"] for p, failed in block]) + "\n")
            self.file.flush()
            os.fsync(self.file.fileno())

    def close(self) -> None:
        """Close the file."""
        if self.file is not None:
            self.file.close()


def _resumed(path: Path | None, digest: str) -> list[list[tuple[int, int]]]:
    """The blocks that a checkpoint holds; a new checkpoint is begun where there is none."""
    if path is None:
        return []
    head = json.dumps({"schema": SCHEMA, "question": digest})
    if not path.exists() or not path.stat().st_size:
        path.write_text(head + "\n", encoding="utf-8")
        return []
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines[0] != head:
        raise FileError(
            "the checkpoint belongs to another question or record",
            where=str(path),
            do="name another file, or delete it",
        )
    whole = lines[1:-1]  # the last one is empty, or was cut off
    path.write_text("\n".join([head, *whole]) + "\n", encoding="utf-8")
    return [list(_blocks_of(line, path)) for line in whole]


def _blocks_of(line: str, path: Path) -> Iterator[tuple[int, int]]:
    try:
        for package, failed in json.loads(line):
            yield int(package, 16), int(failed, 16)
    except (ValueError, TypeError):
        raise FileError("the checkpoint holds something else", where=str(path), do="delete it") from None
