"""What a user's own claims are known by: the names of their files, and one digest of all that is in them.

A saved answer that rests on an overlay names it this way, so that it can be asked for where the answer is checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indivisible.record.record import Record


@dataclass(frozen=True, slots=True)
class Overlay:
    """A folder of claims laid over the record, without the place where it lies on somebody's machine."""

    digest: str
    files: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"digest": self.digest, "files": list(self.files)}

    def said(self) -> str:
        """The digest with the names of the files, the first few of many."""
        rest = f" and {len(self.files) - 5} more" if len(self.files) > 5 else ""
        return f"{self.digest} ({', '.join(self.files[:5])}{rest})"


def overlay_of(folder: Path) -> Overlay:
    """What a folder is known by; its own name and place do not matter. Raises OSError for what cannot be read."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.csv")}
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return Overlay(f"sha256:{total.hexdigest()}", tuple(sorted(files)))


def overlays_of(record: Record) -> tuple[Overlay, ...]:
    """The overlays of a record as they lie on disk now, in the order in which they were laid."""
    return tuple(overlay_of(Path(folder)) for folder in record.overlays)


def overlay_from(held: Any) -> Overlay:
    """An overlay out of a saved answer. Raises ValueError for what is none."""
    if not isinstance(held, dict) or not isinstance(held.get("digest"), str) or not isinstance(held.get("files"), list):
        raise ValueError("no overlay: it needs a digest and the names of its files")
    return Overlay(held["digest"], tuple(str(name) for name in held["files"]))


def needed(saved: Sequence[Overlay], given: Sequence[Overlay]) -> str:
    """What is to be given instead of what is given, in words; empty where the same overlays are given."""
    if tuple(saved) == tuple(given):
        return ""
    if not saved:
        return "it was made without an overlay; leave --overlay out"
    wanted = " and then ".join(one.said() for one in saved)
    other = f"; the one given has {' and '.join(one.digest for one in given)}" if given else ""
    return f"it needs --overlay DIR with {wanted}{other}"
