"""The record on disk: packed, cached, overlaid, checked; a broken file says where and loses nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from indivisible.errors import FileError, QuestionError, RecordError, UnknownName
from indivisible.record.check import RULES, check
from indivisible.record.cite import bibtex
from indivisible.record.listing import listing
from indivisible.record.load import cache_folder, load
from indivisible.record.record import Record
from indivisible.values import Truth

Facts = Callable[[dict[str, str]], Path]
SOURCE_HEADER = "source,title,publisher,published,kind,licence,url,note\n"
SOURCE = f"{SOURCE_HEADER}ATLAS,An atlas,P,2000,official,CC0,,\nMEMORY,M,P,,recalled,,,\n"
BASE = "RECORD,kind,,record,,,,,ATLAS,,high,\nRECORD,known_to,,2020-01-01,,,,,ATLAS,,high,\n"
LAND = "ALA,kind,,state,,,,,ATLAS,,high,\nALA,name,,Aland,,,,,ATLAS,,high,\n"


def faults(folder: Path) -> list[tuple[str, str]]:
    return [(fault.rule, fault.what) for fault in check(load(facts=folder)).faults]


def test_the_fictional_world_is_valid(world: Record) -> None:
    assert check(world).faults == ()
    assert "is valid" in check(world).sentence()


def test_the_record_that_ships_is_valid(record: Record) -> None:
    report = check(record)
    assert [f"{fault.rule} {fault.where}: {fault.what}" for fault in report.faults[:20]] == []


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("declared", "XXX,name,,Nowhere,,,,,ATLAS,,high,"),
        ("one_kind", "ALA,kind,,organization,,,,,ATLAS,,high,"),
        ("named", "QQQ,kind,,state,,,,,ATLAS,,high,"),
        ("subject_kind", "ALA,full_role,,member,,,,,ATLAS,,high,"),
        ("object_kind", "ALA,land_border,ZZZ,yes,,,,,ATLAS,,high,"),
        ("object_kind", "ALA,land_border,,yes,,,,,ATLAS,,high,"),
        ("value", "ALA,cow_code,,twelve,,,,,ATLAS,,high,"),
        ("value", "ALA,population,,9..3,2000,,,,ATLAS,,high,"),
        ("sourced", "ALA,alias,,A,,,,,NOBODY,,high,"),
        ("recalled_is_low", "ALA,alias,,A,,,,,MEMORY,,high,"),
        ("confidence", "ALA,alias,,A,,,,,ATLAS,,certain,"),
        ("confidence", "ALA,alias,,A,,,moral,,ATLAS,,high,"),
        ("once", "ALA,name,,Aland,,,,,ATLAS,,high,"),
        ("borders_once", "ALA,land_border,ALA,yes,,,,,ATLAS,,high,"),
        ("complete_ends", "LEA,list_complete,,member,1950,,,,ATLAS,,high,"),
    ],
)
def test_every_rule_finds_its_fault(facts: Facts, rule: str, row: str) -> None:
    league = "LEA,kind,,organization,,,,,ATLAS,,high,\nLEA,name,,League,,,,,ATLAS,,high,\n"
    folder = facts({"a.csv": BASE + LAND + league, "b.csv": row + "\n", "sources/s.csv": SOURCE})
    assert rule in {name for name, _ in faults(folder)}


def test_every_rule_has_a_test_above_or_concerns_sources(facts: Facts) -> None:
    folder = facts({"a.csv": BASE + LAND, "sources/s.csv": SOURCE + "BAD,,P,,gossip,,,\n"})
    assert {name for name, _ in faults(folder)} == {"source_kind"}
    assert len({name for name, _, _ in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("ALA,kind,,state,2000-02-30,,,,ATLAS,,high,\n", r"bad.csv:2, from/to: '2000-02-30'"),
        ("ALA,kind,,state,2001,2000,,,ATLAS,,high,\n", r"bad.csv:2, from/to: the span ends"),
        ("ALA,colour,,blue,,,,,ATLAS,,high,\n", r"bad.csv:2: unknown field 'colour'"),
        ("ALA,kind,,state\n", r"bad.csv:2: 4 columns instead of 12"),
    ],
)
def test_a_broken_row_is_named(facts: Facts, body: str, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        load(facts=facts({"bad.csv": body, "sources/s.csv": SOURCE}))


def test_a_wrong_header_and_a_wrong_encoding_are_named(facts: Facts) -> None:
    folder = facts({"a.csv": BASE})
    (folder / "b.csv").write_text("who,what\n")
    with pytest.raises(RecordError, match=r"b.csv:1: the header"):
        load(facts=folder)
    (folder / "b.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecordError, match="not UTF-8"):
        load(facts=folder)


def test_a_damaged_cache_is_packed_anew(world_folder: Path) -> None:
    first = load(facts=world_folder)
    packed = [path for path in cache_folder().glob("*.npz") if first.digest[7:39] in path.name]
    assert len(packed) == 1
    packed[0].write_bytes(packed[0].read_bytes()[:100])
    again = load(facts=world_folder)
    assert again.claims(subject="ALA") == first.claims(subject="ALA")
    assert again.digest == first.digest


def test_a_cache_that_cannot_be_written_only_costs_time(world_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(os, "replace", refuse)
    (world_folder / "extra.csv").write_text((world_folder / "states.csv").read_text().splitlines()[0] + "\n")
    before = set(cache_folder().iterdir())
    assert load(facts=world_folder).entities("state")
    assert set(cache_folder().iterdir()) == before


def test_any_change_of_a_file_changes_the_digest(world_folder: Path) -> None:
    first = load(facts=world_folder)
    path = world_folder / "league.csv"
    path.write_text(path.read_text().replace("1980-06-15", "1980-06-16"))
    second = load(facts=world_folder)
    assert first.digest != second.digest
    assert second.claims(subject="BLA", field="role")[0].end == "1980-06-16"


def test_an_overlay_replaces_and_adds(world_folder: Path, tmp_path: Path) -> None:
    over = tmp_path / "mine"
    over.mkdir()
    header = (world_folder / "states.csv").read_text().splitlines()[0]
    (over / "fix.csv").write_text(
        f"{header}\nBLA,role,LEAGUE,member,1971-01-01,1980-06-15,legal,,CHARTER,my archive,high,\n"
        "DLA,alias,,Dlandia,,,,,CHARTER,,high,\n"
    )
    base, laid = load(facts=world_folder), load(facts=world_folder, overlays=[over])
    assert base.digest != laid.digest
    assert laid.overlays == (str(over),)
    assert [claim.begin for claim in laid.claims(subject="BLA", field="role")] == ["1971-01-01"]
    assert laid.resolve("dlandia", "state") == "DLA"
    assert len(laid.columns) == len(base.columns) + 1
    with pytest.raises(FileError, match="no such folder"):
        load(facts=world_folder, overlays=[tmp_path / "nowhere"])


def test_the_mask_agrees_with_the_spans_one_by_one(world: Record) -> None:
    edges = {day for days in world.columns.days.T.tolist() for day in days if 690000 < day < 760000}
    seen = set()
    for day in sorted({edge + step for edge in edges for step in (-1, 0, 1)}):
        slow = [world.claim(row).span.holds(day) for row in range(len(world.columns))]
        values = {Truth.YES: 1, Truth.NO: 0, Truth.UNKNOWN: -1}
        assert world.holding(day).tolist() == [values[truth] for truth in slow]
        rows = np.arange(0, len(world.columns), 3)
        assert world.holding_rows(rows, day).tolist() == world.holding(day)[rows].tolist()
        seen.update(slow)
    assert seen == set(Truth)


def test_names(world: Record) -> None:
    assert world.resolve("kingdom of ALAND", "state") == "ALA"
    with pytest.raises(UnknownName, match="near names: Bland"):
        world.resolve("Blandd", "state")
    assert world.resolve_any("The League") == ("organization", "LEAGUE")
    with pytest.raises(UnknownName):
        world.resolve_any("nothing at all")


def test_a_name_of_two_is_not_guessed(facts: Facts) -> None:
    body = "".join(
        f"{key},kind,,state,,,,,ATLAS,,high,\n{key},name,,{name},,,,,ATLAS,,high,\n{key},alias,,Korea,,,,,ATLAS,,high,\n"
        for key, name in (("PRK", "North"), ("KOR", "South"))
    )
    loaded = load(facts=facts({"a.csv": BASE + body, "sources/s.csv": SOURCE}))
    with pytest.raises(QuestionError, match="names several: KOR, PRK"):
        loaded.resolve("Korea", "state")


def test_an_address_leads_to_its_claim(world: Record) -> None:
    claim = world.claims(subject="BLA", field="role")[0]
    assert world.at(claim.address) == claim
    with pytest.raises(QuestionError, match="no claim stands at"):
        world.at("league.csv:9999")


def test_listing_and_citation(world: Record) -> None:
    assert [row["key"] for row in listing(world, "states", grep="land").rows()] == ["ALA", "BLA", "CLA", "DLA", "ELA"]
    assert [row["key"] for row in listing(world, "sources", grep="year").rows()] == ["YEARBOOK"]
    with pytest.raises(QuestionError, match="use states"):
        listing(world, "dragons")
    text = bibtex(world, ["CHARTER", "MEMORY"])
    assert text.index("@misc{charter") < text.index("@misc{memory")
    assert "recalled: not seen" in text
