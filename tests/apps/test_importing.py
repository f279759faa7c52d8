"""What imported data add to a day: the measure that was asked for, or a refusal, never another one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from indivisible.apps.importing import imported
from indivisible.errors import MissingData, QuestionError
from indivisible.record.load import load
from indivisible.values import Truth, day_of


@pytest.mark.parametrize(("asked", "refused"), [("cinc", False), ("cinc_2009", False), ("cinc_1066", True)])
def test_the_index_of_another_year_is_refused(asked: str, refused: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    found = SimpleNamespace(covered=Truth.YES, values={2: 0.2}, version="7.0")
    monkeypatch.setattr("indivisible.readers.nmc.power.cinc_of_year", lambda year: found)
    day = day_of("2010-06-01")
    if refused:
        with pytest.raises(QuestionError, match="cinc_2009"):
            imported(load(), day, power=asked, hostility="none", models=["deterrence"])
        return
    outside, power = imported(load(), day, power=asked, hostility="none", models=["deterrence"])
    assert power == "cinc_2009"
    assert dict(outside.powers["cinc_2009"]) == {"USA": 0.2}


@pytest.mark.parametrize(("choice", "first"), [("disputes", 1825), ("rivalries", 1494)])
def test_years_before_a_list_begins_are_not_years_without_hostility(
    choice: str, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import polars as pl

    years = {"first_year": [1494], "last_year": [None], "year": [1820], "ccode1": [200], "ccode2": [220]}
    monkeypatch.setattr("indivisible.readers.open", lambda name: pl.LazyFrame(years))
    outside, _ = imported(
        load(), day_of(f"{first}-06-01"), power="beckley_2018", hostility=choice, models=["landscape"]
    )
    assert choice in outside.hostile
    with pytest.raises(MissingData, match="its list begins in"):
        imported(load(), day_of(f"{first - 1}-06-01"), power="beckley_2018", hostility=choice, models=["landscape"])
