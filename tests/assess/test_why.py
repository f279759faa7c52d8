"""Why: parts recombine to the score, and every part ends at a claim with a place in its source."""

from __future__ import annotations

import json
import math

import pytest

from indivisible.architecture.change import Change
from indivisible.assess.assess import assess
from indivisible.assess.why import why_assess
from indivisible.errors import ChangeError, UnknownName
from indivisible.record.record import Record

LANDS = ("AAA", "BBB", "CCC", "DDD", "EEE")


@pytest.mark.parametrize("state", LANDS)
def test_parts_recombine_to_the_score_of_assess(lands: Record, joining: Change, state: str):
    found = why_assess(lands, joining, state)
    judged = assess(lands, joining)
    for one, judgement in zip(found.models, judged.models, strict=True):
        told = next(s for s in judgement.states if s.state == state)
        assert one.verdict.verdict == told.verdict
        for score, other in ((one.before, told.before), (one.after, told.after)):
            assert score.score == other or (math.isnan(score.score.best) and math.isnan(other.best))
            aim = other.low if math.isnan(other.best) else other.best
            assert score.recombined == pytest.approx(aim, abs=1e-9) or other.unopposed


def test_every_power_and_tie_ends_at_a_claim(lands: Record, joining: Change):
    found = why_assess(lands, joining, "Dland", models=["deterrence"])
    (one,) = found.models
    for part in one.after.parts:
        addresses = [leaf.address for leaf in part.leaves]
        if part.part.kind != "constant":
            fields = {lands.at(a).field for a in addresses if not a.startswith("changes/")}
            assert {"population", "gdp_current_usd"} <= fields
        if part.part.tie is not None:
            assert "pledge" in fields
            assert any(leaf.place == "Art. 5" and leaf.sources == ("PRIMER",) for leaf in part.leaves)
    ties = [leaf for part in one.after.parts for leaf in part.leaves if leaf.address.startswith("changes/")]
    assert ties
    assert {leaf.address for leaf in ties} == {"changes/x#s1"}
    assert found.sources() == ("PRIMER",)


def test_shape_rows_and_sentence(lands: Record, joining: Change):
    found = why_assess(lands, joining, "DDD")
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["schema"] == "why-assess/1"
    assert {"model", "verdict", "because", "before", "after"} <= set(told["models"][0])
    assert found.rows()[0]["model"] == "deterrence"
    assert "Dland" in found.sentence()


def test_what_cannot_be_asked(lands: Record, joining: Change):
    with pytest.raises(UnknownName):
        why_assess(lands, joining, "Atlantis")
    with pytest.raises(ChangeError, match="not_so"):
        why_assess(lands, joining, "DDD", on="1899-01-01")
