"""The printed sheet: a file that every reader opens, with every row, cut nowhere."""

from __future__ import annotations

import re
import zlib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.apps.desk import Desk
from indivisible.apps.web.pdf import _width, _wrapped, sheet_of
from indivisible.record.table import Table


def table(*rows: dict[str, Any]) -> Table:
    return Table("list/1", {}, "A (short) sentence.", rows, "sha256:0", ("ATLAS",))


def parts(sheet: bytes) -> list[bytes]:
    """The objects of the file, each found where the table of the file says that it begins."""
    start = int(sheet.rstrip().split(b"\n")[-2])
    assert sheet[start:].startswith(b"xref\n")
    begins = [int(entry[:10]) for entry in sheet[start:].split(b"\n")[3:] if entry.endswith(b" n ")]
    for number, begin in enumerate(begins, 1):
        assert sheet[begin:].startswith(f"{number} 0 obj\n".encode())
    return [sheet[begin:].partition(b"\nendobj\n")[0] for begin in begins]


def pages(sheet: bytes) -> list[str]:
    drawn = [part for part in parts(sheet) if b"/FlateDecode" in part]
    streams = [part.partition(b"stream\n")[2].removesuffix(b"\nendstream") for part in drawn]
    for part, stream in zip(drawn, streams, strict=True):
        assert f"/Length {len(stream)} ".encode() in part
    return [zlib.decompress(stream).decode("latin-1") for stream in streams]


def words(page: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", one) for one in re.findall(r"\((.*)\) Tj", page)]


def test_a_small_sheet() -> None:
    (page,) = pages(sheet_of(table({"state": "FRA", "since": 1949.5, "sure": True, "note": None})))
    assert words(page) == ["A (short) sentence.", "state", "since", "sure", "FRA", "1949.5", "yes", "Sources: ATLAS.",
                           "Record sha256:0", "1 of 1"]  # fmt: skip


def test_a_sheet_without_rows() -> None:
    (page,) = pages(sheet_of(table()))
    assert words(page)[0] == "A (short) sentence."


def test_every_row_is_there_and_every_page_has_its_heading(desk: Desk) -> None:
    answer = desk.list("states").answer
    found = pages(sheet_of(answer))
    assert len(found) > 3
    assert all("key" in words(page) for page in found[:-1])
    told = [word for page in found for word in words(page)]
    assert {row["key"] for row in answer.rows()} <= set(told)
    assert f"{len(found)} of {len(found)}" in told


def test_letters_that_the_font_lacks_and_signs_of_the_format() -> None:
    (page,) = pages(sheet_of(table({"name": r"Türkiye \ (Россия) ≥ 5"})))
    assert r"Türkiye \ (??????) >= 5" in words(page)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcdefgWMil ()\\é", max_size=80), st.floats(20, 300))
def test_lines_fit_and_no_letter_is_lost(said: str, width: float) -> None:
    lines = list(_wrapped(said, 8.0, width))
    assert "".join("".join(lines).split()) == "".join(said.split())
    assert all(_width(line, 8.0) <= width for line in lines)
