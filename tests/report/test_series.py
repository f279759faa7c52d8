"""Drawings of series: what stands on a line of its own, round axes, gaps, and what is too much to draw."""

from __future__ import annotations

import re

import pytest

from indivisible.errors import QuestionError
from indivisible.report.series import lines_of, strips_of, svg


def test_a_line_breaks_where_nothing_is_known_and_where_a_year_is_left_out() -> None:
    rows = [{"year": year, "x": None if year == 2002 else 0.5} for year in (2000, 2001, 2002, 2003, 2004, 2010, 2011)]
    assert svg(rows, title="x").count("<polyline") == 3


def test_each_state_has_a_line_of_its_own() -> None:
    rows = [{"year": year, "ccode": code, "cinc": code / 1000} for year in (2000, 2001) for code in (2, 200)]
    assert [(line.name, line.points) for line in lines_of(rows)] == [
        ("2 cinc", ((2000, 0.002), (2001, 0.002))),
        ("200 cinc", ((2000, 0.2), (2001, 0.2))),
    ]
    pair = [{"ccode1": 2, "ccode2": 200, "year": 2000, "s": 0.5}]
    assert [line.name for line in lines_of(pair)] == ["2 and 200 s"]


def test_too_many_states_are_refused() -> None:
    rows = [{"year": 2000, "ccode": code, "cinc": 0.1} for code in range(7)]
    with pytest.raises(QuestionError, match="--states USA,GBR"):
        svg(rows, title="x")


def test_lines_of_very_different_size_have_axes_of_their_own() -> None:
    rows = [{"year": year, "m": 400, "n": 60, "L": 9, "F": 0.97, "T": 0.95} for year in (2000, 2001)]
    strips = [[line.name for line in strip] for strip in strips_of(lines_of(rows))]
    assert strips == [["m", "n"], ["L"], ["F", "T"]]


@pytest.mark.parametrize(
    ("value", "ticks"),
    [
        (442.0, ["0", "100", "200", "300", "400", "500"]),
        (0.384, ["0", "0.1", "0.2", "0.3", "0.4"]),
        (-0.3, ["-0.3", "-0.2", "-0.1", "0"]),
        (0.0, ["0", "1"]),
    ],
)
def test_axes_have_round_numbers_and_hold_every_value(value: float, ticks: list[str]) -> None:
    drawn = svg([{"year": 2000, "x": value}, {"year": 2001, "x": value}], title="x")
    assert re.findall(r'text-anchor="end">([^<]+)<', drawn) == ticks
    heights = [float(y) for points in re.findall(r'points="([^"]+)"', drawn) for y in re.findall(r",([\d.]+)", points)]
    assert all(14 <= y <= 220 for y in heights)


def test_nothing_known() -> None:
    assert "nothing known" in svg([{"year": 2000, "x": None}], title="x")
    assert "nothing known" in svg([], title="x")


def test_states_are_named_by_key_and_share_the_axis_of_their_column() -> None:
    places = {"ALA": 3.9, "BLA": 0.4, "CLA": -0.2}
    rows = [
        {"session": 70 + year, "year": 2000 + year, "state": key, "name": key.title(), "ccode": 1, "votes_used": 9,
         "ideal_point": place, "standard_error": 0.1}
        for year in (0, 1)
        for key, place in places.items()
    ]  # fmt: skip
    lines = lines_of(rows)
    assert [line.name for line in lines] == [f"{key} ideal point" for key in places]
    assert [len(strip) for strip in strips_of(lines)] == [3]
