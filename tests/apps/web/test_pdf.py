"""The printed sheet: a file that every reader opens, with every row, cut nowhere."""

from __future__ import annotations

import re
import zlib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible import __version__
from indivisible.apps.desk import Desk
from indivisible.apps.web.pdf import _width, _wrapped, sheet_of
from indivisible.apps.web.sheet import sheet
from indivisible.apps.web.viewed import seeing
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
                           "Record sha256:0", f"Made by indivisible {__version__}.", "1 of 1"]  # fmt: skip


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


def test_an_assessment_begins_with_its_title_day_and_viewpoint_and_has_every_model_in_a_table(desk: Desk) -> None:
    answer = desk.assess("nordic-accession", models=["distance", "commitment"]).answer
    shown = sheet(seeing(desk, "CHN").named(answer, changed=False).printed())
    assert shown.title == "Finland and Sweden join NATO"
    assert shown.below[0] == "Day: 2023-04-03."
    assert "China" in shown.below[1]
    assert any("models differ" in line for line in shown.said)
    counts, states = shown.parts[0], shown.parts[1]
    assert [row["model"] for row in counts.rows] == [
        "distance", *(f"commitment ({kind})" for kind in ("consultation", "defence", "neutrality", "nonaggression",
                                                           "offence"))]  # fmt: skip
    assert counts.rows[0]["gains"] == 11
    names = [row["state"] for row in states.rows]
    assert names == sorted(names)
    assert {"Finland", "Sweden"} <= set(names)
    assert f"{195 - len(names)} states that no model sees" in states.note
    (record,) = [line for line in shown.end if line.startswith("Record ")]
    assert record == f"Record {desk.record.digest}"


def test_words_of_an_assessment_are_all_there_once(desk: Desk) -> None:
    for change in ("nordic-accession", "nothing"):
        answer = desk.assess(change, models=["distance", "commitment"]).answer
        shown = sheet(answer)
        lines = [str(line) for line in answer.to_dict()["summary"]]
        assert sorted([*shown.said, *(line for line in shown.end if line in lines)]) == sorted(lines)


def test_too_many_columns_lose_their_exact_fractions_and_say_so(desk: Desk) -> None:
    (part,) = sheet(desk.councils.power("UNSC", on="2022-02-25").answer).parts
    assert "shapley_shubik" in part.names
    assert not any(name.endswith("_exact") for name in part.names)
    assert "exact fractions" in part.note
    (few,) = sheet(table({"half": 0.5, "half_exact": "1/2"})).parts
    assert few.names == ("half", "half_exact")
    assert few.note == ""


def test_a_sheet_speaks_of_files_and_not_of_the_command_line(desk: Desk) -> None:
    shown = sheet(desk.rules.comply("CFE_FLANK_1996", on="1999-07-01", state="RUS").answer)
    assert shown.title.startswith("Flank Document (CFE_FLANK_1996), RUS on 1999-07-01")
    assert "in the JSON" in " ".join(shown.said)
    assert "--" not in " ".join((shown.title, *shown.said))
