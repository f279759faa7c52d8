"""What imported data add to a day: the measure that was asked for, or a refusal, never another one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from indivisible.apps.importing import imported
from indivisible.errors import QuestionError
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
