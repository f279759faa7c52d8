"""Days by which something is due, as a calendar that any calendar program reads (iCalendar, RFC 5545)."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indivisible.errors import FileError
from indivisible.report.files import replace_with

OCTETS = 75  # of a line, RFC 5545 section 3.1
MAKER = "-//indivisible//notify//EN"


@dataclass(frozen=True, slots=True)
class Event:
    """A whole-day event: days as ordinals, the last included."""

    first: int
    last: int
    title: str
    text: str = ""


def calendar(events: Iterable[Event], *, name: str, stamp: int) -> str:
    """The calendar as text; the same events give the same bytes. `stamp` is the day named as that of its making."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAKER}", "CALSCALE:GREGORIAN", f"NAME:{_escaped(name)}"]
    for event in sorted(events, key=lambda one: (one.first, one.last, one.title)):
        identity = hashlib.sha256(f"{name}\n{event}".encode()).hexdigest()[:32]
        lines += [
            "BEGIN:VEVENT", f"UID:{identity}@indivisible", f"DTSTAMP:{_day(stamp)}T000000Z",
            f"DTSTART;VALUE=DATE:{_day(event.first)}", f"DTEND;VALUE=DATE:{_day(event.last + 1)}",
            f"SUMMARY:{_escaped(event.title)}",
        ]  # fmt: skip
        lines += [f"DESCRIPTION:{_escaped(event.text)}"] if event.text else []
        lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def write_calendar(text: str, path: str | os.PathLike[str]) -> Path:
    """Write a calendar whole or not at all. Raises FileError."""
    target = Path(path)
    if target.suffix.lower() != ".ics":
        raise FileError(f"a calendar does not end in {target.suffix or '(none)'!r}", where=str(target), do="use .ics")
    if not target.parent.is_dir():
        raise FileError("the folder does not exist", where=str(target.parent), do="make it first")
    replace_with(target, lambda temporary: Path(temporary).write_bytes(text.encode()))
    return target


def _day(day: int) -> str:
    return date.fromordinal(day).strftime("%Y%m%d")


def _escaped(text: str) -> str:
    """Text as section 3.3.11 wants it."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, written)
    return "".join(letter for letter in text if letter == "\t" or unicodedata.category(letter) != "Cc")


def _folded(line: str) -> str:
    """A line of at most 75 octets, continued on the next after a space; no letter is cut."""
    parts: list[str] = []
    part = ""
    for letter in line:
        if len((part + letter).encode()) > OCTETS - (1 if parts else 0):
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
