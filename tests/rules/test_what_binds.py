"""What binds a state, and how an answer says that something does not apply or cannot be broken."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from indivisible.record.record import Record
from indivisible.rules.base import bond
from indivisible.rules.comply import comply
from indivisible.rules.finding import CONDITION
from indivisible.rules.obligations_of import obligations
from indivisible.rules.treaties import TREATIES
from indivisible.values import Truth, day_of

DAYS = ("1985-01-01", "2010-01-01", "2025-06-01")


@pytest.mark.parametrize("on", DAYS)
def test_one_state_is_told_what_all_are_told(record: Record, on: str) -> None:
    every = Counter(
        (one.state, one.article.text, one.article.article, one.status) for one in obligations(record, on=on).owing
    )
    for state in ("FRA", "JPN", "KAZ", "CHE", "RUS", "BRA"):
        own = obligations(record, state, on=on).owing
        mine = {key: count for key, count in every.items() if key[0] == state}
        assert Counter((one.state, one.article.text, one.article.article, one.status) for one in own) == mine


def test_silence_of_a_list_that_is_not_complete_is_no_duty_and_no_denial(record: Record) -> None:
    answer = obligations(record, "FRA", on="2010-01-01")
    assert "BANGKOK_NWFZ_1995" in answer.silent
    assert "BANGKOK_NWFZ_1995" not in {one.article.text for one in answer.owing}
    assert "say nothing of it (--json names them)" in answer.sentence()
    assert answer.to_dict()["silent"] == sorted(answer.silent)


def test_a_text_that_bound_nobody_binds_nobody_of_whom_its_list_is_silent(record: Record) -> None:
    assert bond(record, "WARSAW_TREATY_1955", "POL", day_of("1990-06-01")).bound is Truth.YES
    assert bond(record, "WARSAW_TREATY_1955", "POL", day_of("2010-01-01")).bound is Truth.NO
    texts = {one.article.text for one in obligations(record, "POL", on="2010-01-01").owing}
    assert "WARSAW_TREATY_1955" not in texts


def test_an_article_is_listed_once(record: Record) -> None:
    """Not once for the treaty and once for the organisation that rests on it."""
    owing = obligations(record, "POL", on="2010-01-01").owing
    assert not [one for one in owing if one.article.text == "NATO" and one.article.article.endswith("Art. 5")]
    assert [one for one in owing if (one.article.text, one.article.article) == ("WASHINGTON_TREATY_1949", "5")]
    assert [one for one in owing if one.article.text == "NATO" and one.article.article.endswith("Art. 1")]
    assert [one for one in owing if one.article.text == "UN" and one.article.article == "Charter Art. 39 to 49"]


def test_articles_bind_those_to_whom_they_are_addressed(record: Record) -> None:
    def articles(state: str, text: str) -> set[str]:
        found = obligations(record, state, on="2000-01-01").owing
        return {one.article.article for one in found if one.article.text == text}

    assert {"I"} == articles("FRA", "NPT_1968") - articles("DEU", "NPT_1968")
    assert {"II", "III(1)", "III(4)"} == articles("DEU", "NPT_1968") - articles("FRA", "NPT_1968")
    assert articles("RUS", "CFE_FLANK_1996") == {"II new zone", "II original zone", "III(1)"}
    assert articles("UKR", "CFE_FLANK_1996") == {"III(2)"}
    assert articles("FRA", "CFE_FLANK_1996") == set()
    told = comply(record, "CFE_FLANK_1996", on="2000-01-01", state="FRA")
    assert {one.verdict for one in told.findings} == {"not_applicable"}
    assert len(told.findings) == 4


def test_a_condition_is_met_or_not_and_nobody_breaks_it(record: Record) -> None:
    for treaty, article in (("CFE_ADAPTED_1999", "XXXI"), ("CTBT_1996", "XIV(1) ratifications")):
        answer = comply(record, treaty, on="2005-01-01")
        found = next(one for one in answer.to_dict()["findings"] if one["article"] == article)
        assert (found["kind"], found["verdict"]) == (CONDITION, "no")
        assert f"Conditions not met: {article}." in answer.sentence()
        assert "ot kept" not in answer.sentence()
        assert {row["verdict"] for row in answer.rows() if row["article"] == article} == {"not met"}


def test_a_text_that_does_not_bind_is_said_once(record: Record) -> None:
    answer = comply(record, "CSTO_CHARTER_2002", on="2005-01-01", state="FRA")
    assert answer.rows() == []
    assert answer.sentence().endswith("it had no part in it. None of its 8 articles applies.")
    assert {one["verdict"] for one in answer.to_dict()["findings"]} == {"not_applicable"}
    over = comply(record, "VIENNA_DOCUMENT_1994", on="2005-01-01")
    assert (over.bond.status, over.bond.bound) == ("ended", Truth.NO)
    assert "no longer in use" in over.sentence()
    early = comply(record, "VIENNA_DOCUMENT_1994", on="1993-01-01")
    assert (early.bond.status, early.bond.bound) == ("none", Truth.NO)
    assert "not adopted" in early.sentence()


ATTACKED: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "COLLECTIVE_SECURITY_TREATY_1992": (
        "2022-01-10", "KAZ",
        {"armed_attack": True, "attack_by_a_state": True, "menaces_state": True, "requested": True,
         "help_given": False}, "4",
    ),
    "WASHINGTON_TREATY_1949": (
        "2001-10-05", "USA",
        {"armed_attack": True, "place": "europe_or_north_america", "does_what_it_deems_necessary": False}, "5",
    ),
    "EU_TEU_42_7_2009": ("2015-11-17", "FRA", {"armed_aggression": True, "by_a_state": True, "aid": "none"}, "42(7)"),
    "BLR_RUS_SECURITY_GUARANTEES_2024": ("2025-05-01", "RUS", {"armed_attack": True, "help_given": False},
                                         "mutual defence"),
    "RUS_PRK_PARTNERSHIP_2024": (
        "2025-01-01", "RUS", {"armed_invasion": True, "state_of_war": True, "help_given": False}, "4"
    ),
}  # fmt: skip


@pytest.mark.parametrize("treaty", ATTACKED)
def test_the_attacked_state_owes_itself_no_help(record: Record, treaty: str) -> None:
    on, attacked, facts, article = ATTACKED[treaty]
    other = {"KAZ": "ARM", "USA": "FRA", "FRA": "DEU", "RUS": "BLR" if "BLR" in treaty else "PRK"}[attacked]
    for state, verdict in ((attacked, "not_applicable"), (other, "no")):
        answer = comply(record, treaty, on=on, state=state, facts={"attacked": attacked, **facts})
        assert {one.verdict for one in answer.findings if one.article == article} == {verdict}, state


def test_first_explosions_are_sure_by_year_only(record: Record) -> None:
    for state, sure in (("USA", "high"), ("CHN", "high"), ("IND", "medium"), ("DEU", "high")):
        answer = comply(record, "NPT_1968", on="2000-01-01", state=state, hypothetical=True, article="IX(3)")
        assert [one.confidence for one in answer.findings] == [sure], state


def test_every_kind_of_finding_is_that_of_its_article(record: Record) -> None:
    for text in TREATIES:
        kinds = {one.article: one.kind for one in text.OBLIGATIONS}
        for one in comply(record, text.KEY, on="2010-01-01", hypothetical=True).findings:
            assert one.kind == kinds[one.under]


def test_a_member_that_has_stopped_taking_part_stays_bound_and_it_is_said(record: Record) -> None:
    for treaty, state, before, since in (
        ("COLLECTIVE_SECURITY_TREATY_1992", "ARM", "2024-02-21", "2024-02-22"),
        ("CSTO_CHARTER_2002", "UZB", "2012-06-27", "2012-06-28"),
    ):
        early, late = (bond(record, treaty, state, day_of(day)) for day in (before, since))
        assert (early.bound, early.suspended) == (Truth.YES, Truth.NO)
        assert (late.bound, late.suspended, late.status) == (Truth.YES, Truth.YES, "in_force")
        assert f"since {since}; in law it stays bound" in late.why
    facts = {"foreign_base": True, "others_consulted": False}
    found = comply(record, "CSTO_CHARTER_2002", on="2024-06-01", state="ARM", facts=facts, article="7").findings
    assert {one.verdict for one in found} == {"no"}
    assert all("participation frozen" in one.because for one in found)
