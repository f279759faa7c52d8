"""Who towards whom: a reader that swaps the two sides of a pair would turn every pledge and every flow around."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from reader_samples import LAYOUTS, file_name, layout_of, rows, write

from indivisible import readers
from indivisible.readers import library


def imported(home: Path, key: str, layout: str, table: list[dict[str, str]]) -> pl.DataFrame:
    found = layout_of(key, layout)
    library.import_path(write(home / file_name(found), found, table), dataset=key, home=home)
    return readers.open(key, home=home).collect()


@pytest.mark.parametrize("layout", [name for key, name in LAYOUTS if key == "atop_directed"])
def test_a_pledge_goes_from_the_first_state_to_the_second(tmp_path: Path, layout: str) -> None:
    table = rows("atop_directed", layout_of("atop_directed", layout))[:1]
    first, second = ("stateA", "stateB") if layout == "ddyr" else ("ccode1", "ccode2")
    table[0] |= {first: "901", second: "902"}
    row = imported(tmp_path, "atop_directed", layout, table).row(0, named=True)
    assert (row["ccode1"], row["ccode2"]) == (901, 902)


@pytest.mark.parametrize("layout", [name for key, name in LAYOUTS if key == "cow_trade"])
def test_a_flow_keeps_its_direction_when_the_pair_is_turned(tmp_path: Path, layout: str) -> None:
    table = rows("cow_trade", layout_of("cow_trade", layout))[:1]
    flows = {"flow1": "1.5", "flow2": "2.5", "smoothflow1": "3.5", "smoothflow2": "4.5"}
    straight = {**table[0], "ccode1": "901", "ccode2": "902", **flows}
    turned = {**straight, "ccode1": "904", "ccode2": "903"}
    found = imported(tmp_path, "cow_trade", layout, [straight, turned]).sort("ccode1").to_dicts()
    assert [(row["ccode1"], row["flow1"], row["flow2"]) for row in found] == [(901, 1.5, 2.5), (903, 2.5, 1.5)]
