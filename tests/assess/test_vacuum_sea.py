"""Pairs that lie near over sea: where the imported source says so, and not a day longer than it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from architecture.duties_world import record as make_record
from architecture.duties_world import row
from indivisible.assess.vacuum import vacuum
from indivisible.errors import MissingData
from indivisible.readers import library
from indivisible.record.record import Record

CONTDIR = """\
"dyad","statelno","statelab","statehno","statehab","conttype","begin","end","notes","version"
901902,901,"A",902,"B",5,200001,201012,"",3.2
901902,901,"A",902,"B",2,200506,200512,"",3.2
901903,901,"A",903,"C",1,200001,201012,"",3.2
902903,902,"B",903,"C",4,200001,200906,"",3.2
"""


@pytest.fixture
def world(tmp_path: Path) -> Record:
    codes = [row(land * 3, "cow_code", value=str(901 + n)) for n, land in enumerate("ABCDEF")]
    return make_record(tmp_path / "facts", more=codes)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "contdir.csv").write_text(CONTDIR)
    library.import_path(tmp_path / "contdir.csv", dataset="cow_contiguity", home=tmp_path / "home")
    return tmp_path / "home"


def near(world: Record, home: Path, on: str, **asked: bool) -> dict[tuple[str, str], tuple[str, ...]]:
    found = vacuum(world, on=on, pairs="matter", disputes="none", home=home, **asked)
    return found.pairs.reasons


def test_near_over_sea_on_both_sides_of_a_spell(world: Record, home: Path) -> None:
    miles_150, miles_400 = ("at most 150 miles of sea",), ("at most 400 miles of sea",)
    assert near(world, home, "2009-06-30") == {("AAA", "BBB"): miles_400, ("BBB", "CCC"): miles_150}
    assert near(world, home, "2009-07-01") == {("AAA", "BBB"): miles_400}  # a land border is for the record to tell
    assert near(world, home, "1999-12-31") == {}
    assert set(near(world, home, "2005-07-01")["AAA", "BBB"]) == {"at most 400 miles of sea", "at most 12 miles of sea"}


def test_past_the_source_nothing_is_near_unless_it_is_carried_forward_aloud(world: Record, home: Path) -> None:
    assert near(world, home, "2010-12-31")
    assert near(world, home, "2011-01-01") == {}
    said = vacuum(world, on="2011-01-01", pairs="matter", home=home).pairs.rules
    assert any("ends on 2010-12-31" in rule for rule in said)
    carried = vacuum(world, on="2011-01-01", pairs="matter", disputes="none", carry_sea=True, home=home)
    assert set(carried.pairs.reasons) == {("AAA", "BBB")}
    assert any("carried forward" in rule for rule in carried.pairs.rules)
    assert carried.to_dict()["data"] == {"cow_contiguity": "3.2"}


def test_what_is_not_imported_is_said_or_refused(world: Record, tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    assert any(
        "not imported" in rule for rule in vacuum(world, on="2010-06-01", pairs="matter", home=empty).pairs.rules
    )
    with pytest.raises(MissingData, match="rivalries_tss"):
        vacuum(world, on="2010-06-01", pairs="matter", disputes="rivalries", home=empty)
