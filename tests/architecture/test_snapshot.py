"""What is not known stays not known in an architecture: a missing number is no zero, an organisation is no state."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from indivisible.architecture.members import members
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.treaty_text import treaty_text
from indivisible.architecture.treaty_tie import bound_on, tie
from indivisible.record.load import load
from indivisible.record.record import Record
from indivisible.values import day_of

FIGURES = """\
ALA,gdp_current_usd,,500,2004,,,,ATLAS,p. 1,high,
ALA,gdp_current_usd,,700,2010,,,,ATLAS,p. 1,high,
BLA,gdp_current_usd,,300,2004,,,,ATLAS,p. 1,high,
CLA,gdp_current_usd_upper_bound,,900,2010,,,,ATLAS,p. 1,high,
DEP_CAMP,kind,,deployment,2000-01-01,,,,ATLAS,p. 2,high,
DEP_CAMP,name,,The camp,,,,,ATLAS,p. 2,high,
DEP_CAMP,sender,ALA,,2000-01-01,,,,ATLAS,p. 2,high,
DEP_CAMP,host,BLA,,2000-01-01,,,,ATLAS,p. 2,high,
DEP_CAMP,personnel,,100..200,2000-01-01,2005-01-01,,,ATLAS,p. 2,high,
"""
UNION = """\
UNION,kind,,organization,1950-01-01,,,,CHARTER,Art. 1,high,
UNION,name,,The Union,,,,,CHARTER,Art. 1,high,
UNION,full_role,,member,,,,,CHARTER,Art. 1,high,
UNION,role,LEAGUE,member,2000-01-01,,legal,,CHARTER,list,high,
"""


HEADER = "subject,field,object,value,from,to,layer,speaker,source,place,confidence,note\n"


@pytest.fixture
def lands(world_folder: Path) -> Record:
    (world_folder / "figures.csv").write_text(HEADER + FIGURES)
    (world_folder / "union.csv").write_text(HEADER + UNION)
    return load(facts=world_folder)


def test_a_figure_that_is_missing_is_not_zero(lands: Record) -> None:
    figures = as_of(lands, day_of("2011-06-01")).figures
    known, older = figures["ALA", "gdp_current_usd"].estimate, figures["BLA", "gdp_current_usd"].estimate
    bounded = figures["CLA", "gdp_current_usd"].estimate
    assert (known.low, known.best, known.high) == (700, 700, 700)
    assert (older.low, older.best, older.high) == (0, 300, math.inf)
    assert (bounded.low, bounded.best, bounded.high) == (0, None, 900)
    assert ("DLA", "gdp_current_usd") not in figures


@pytest.mark.parametrize(("on", "best", "high"), [("2004-12-31", 150.0, 200.0), ("2005-01-01", None, math.inf)])
def test_troops_whose_number_is_missing_are_not_none(lands: Record, on: str, best: float | None, high: float) -> None:
    (camp,) = as_of(lands, day_of(on)).deployments
    assert (camp.personnel.best, camp.personnel.high) == (best, high)


def test_an_organization_among_the_members_is_not_a_state(lands: Record) -> None:
    answer = members(lands, "LEAGUE", on="2001-01-01")
    assert answer.organizations == ("UNION",)
    assert "UNION" not in answer.members


@pytest.mark.parametrize("on", ["1991-07-01", "2010-01-01", "2026-02-05", "2026-02-06"])
def test_the_cheap_question_whether_a_treaty_binds_equals_the_whole_tie(record: Record, on: str) -> None:
    for treaty in ("CFE_1990", "CTBT_1996", "NPT_1968", "WASHINGTON_TREATY_1949"):
        text = treaty_text(record, treaty)
        for state in text.states():
            assert bound_on(text, state, day_of(on)) is tie(text, state, day_of(on)).bound, (treaty, state)
