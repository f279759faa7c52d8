"""The calendar of notices, read line by line as RFC 5545 has it; no reader of other people is needed for it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.record.record import Record
from indivisible.report.icalendar import Event, calendar
from indivisible.report.notice_calendar import notice_calendar
from indivisible.rules.notify import notify
from indivisible.values import Truth

EXERCISE: dict[str, Any] = {
    "name": "Nordlicht; Übung, Teil 1\\2 – с севера на юг 北方演习",
    "by": ["NOR", "SWE", "FIN"], "host": ["FIN", "NOR"], "starts": "2019-03-11", "ends": "2019-03-22",
    "organised": True, "transfer": False, "troops": "8000..41000", "tanks": 120, "landing_troops": 0,
}  # fmt: skip
LINE = re.compile(
    r"(?P<name>[A-Z][A-Z0-9-]*)"
    r"(?P<parameters>(?:;[A-Z-]+=[^;:,\"\x00-\x1f]+)*)"
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
ESCAPED = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP")


def unfolded(data: bytes) -> list[str]:
    """Section 3.1: lines of 75 octets at most that end in CRLF; one that begins with a space continues the last."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    lines: list[bytes] = []
    for one in physical:
        assert len(one) <= 75
        assert b"\r" not in one
        assert b"\n" not in one
        one.decode("utf-8")  # no letter is cut in two
        if one.startswith(b" "):
            assert lines, "the first line continues nothing"
            assert len(one) > 1, "an empty continuation"
            lines[-1] += one[1:]
        else:
            assert one, "an empty line"
            lines.append(one)
    return [one.decode("utf-8") for one in lines]


def components(data: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Sections 3.4 and 3.6: one calendar with its properties, and its events with theirs, each property once."""
    head: dict[str, str] = {}
    events: list[dict[str, str]] = []
    stack: list[str] = []
    for line in unfolded(data):
        found = LINE.fullmatch(line)
        assert found, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            assert (value, len(stack)) in (("VCALENDAR", 0), ("VEVENT", 1))
            stack.append(value)
            events += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert stack.pop() == value
        else:
            here = events[-1] if stack == ["VCALENDAR", "VEVENT"] else head
            assert stack, line
            assert name not in here, f"{name} twice"
            here[name] = value
            assert (found["parameters"] == ";VALUE=DATE") == (name in ("DTSTART", "DTEND"))
    assert stack == []
    return head, events


def checked(data: bytes) -> list[dict[str, str]]:
    head, events = components(data)
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    assert head["CALSCALE"] == "GREGORIAN"
    assert len({one["UID"] for one in events}) == len(events)
    for one in events:
        assert set(one) - {"DESCRIPTION"} == set(ONCE)
        assert re.fullmatch(r"\d{8}T\d{6}Z", one["DTSTAMP"])
        assert re.fullmatch(r"\d{8}", one["DTSTART"])
        assert re.fullmatch(r"\d{8}", one["DTEND"])
        assert one["DTSTART"] < one["DTEND"], "the end is not included"
        assert one["TRANSP"] == "TRANSPARENT"
        for name in ("SUMMARY", "DESCRIPTION"):
            assert ESCAPED.fullmatch(one.get(name, "")), one[name]
    return events


def plain(text: str) -> str:
    """Text as it was before it was escaped (section 3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def test_every_line_of_a_calendar_of_notices(record: Record) -> None:
    notices = notify(record, EXERCISE)
    events = checked(notice_calendar(notices).encode())
    assert len(events) >= 4
    assert {plain(one["SUMMARY"]).split(": ")[0] for one in events} == {EXERCISE["name"]}
    whole = next(one for one in events if plain(one["SUMMARY"]) == EXERCISE["name"])
    assert (whole["DTSTART"], whole["DTEND"]) == ("20190311", "20190323")
    demands = [row.demand for row in notices.duties if row.demand.required is not Truth.NO]
    due = {one.last for one in demands if one.last is not None}
    days = {one["DTSTART"] for one in events if one is not whole}
    assert days == {date.fromordinal(day).strftime("%Y%m%d") for day in due}


@given(st.text(max_size=120), st.text(max_size=300), st.integers(0, 400))
@settings(max_examples=80, deadline=None)
def test_any_text_is_read_back(title: str, text: str, days: int) -> None:
    title, text = (one.encode("utf-8", "ignore").decode() for one in (title, text))
    (event,) = checked(calendar([Event(737000, 737000 + days, title, text)], name=title, stamp=737000).encode())
    assert plain(event["SUMMARY"]) == without_controls(title)


def without_controls(text: str) -> str:
    """Text with its line ends alike, without the control characters that a calendar may not hold."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", re.sub(r"\r\n?", "\n", text))


@pytest.mark.parametrize("length", range(60, 82))
@pytest.mark.parametrize("letter", ["a", "é", "北", "🜂"])
def test_a_line_is_folded_at_75_octets_and_not_before(length: int, letter: str) -> None:
    data = calendar([Event(737000, 737000, letter * length)], name="x", stamp=737000).encode()
    (event,) = checked(data)
    assert event["SUMMARY"] == letter * length
    first = next(one for one in data.split(b"\r\n") if one.startswith(b"SUMMARY"))
    whole = len(b"SUMMARY:") + length * len(letter.encode())
    assert len(first) == whole if whole <= 75 else 75 - len(letter.encode()) < len(first) <= 75


def test_the_reader_refuses_what_the_standard_forbids() -> None:
    good = calendar([Event(737000, 737000, "a, b")], name="x", stamp=737000).encode()
    checked(good)
    for bad in (
        good.replace(b"\r\n", b"\n"),
        good.replace(b"a\\, b", b"a, b"),
        good.replace(b"SUMMARY:", b"SUMMARY:" + b"x" * 80),
        good.replace(b"END:VEVENT\r\n", b""),
        good.replace(b"DTEND;VALUE=DATE", b"DTEND"),
        good.replace(b"UID:", b"uid:"),
    ):
        assert bad != good
        with pytest.raises((AssertionError, KeyError)):
            checked(bad)
