"""Real figures of 1990 to 1999, read where they are at hand: ceilings agree, and declared holdings are findings."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from indivisible.record.record import Record
from indivisible.rules.comply import comply
from indivisible.rules.treaties.cfe_tables import limits
from reference_material import shared

FILE = shared("data", "INDIVISIBLE_DATA") / "cfe_limits_and_holdings_partial.csv"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the published figures are not at hand")
NAMES = {"acv_of_which_aifv_hacv": "aifv_and_hacv", "acv_of_which_hacv": "hacv"}
ARTICLES = {
    "group_ceiling_art_IV_1": ("IV(1)(", "total"), "group_ceiling_active_art_IV_1": ("IV(1)(", "active"),
    "zone_ceiling_art_IV_2": ("IV(2)", "total"), "zone_ceiling_active_art_IV_2": ("IV(2)", "active"),
    "zone_ceiling_active_art_IV_3": ("IV(3)(", "active"), "zone_ceiling_kiev_md_art_IV_3D": ("IV(3)(D)", "total"),
    "zone_ceiling_active_art_IV_4": ("IV(4)", "active"), "flank_ceiling_active_art_V_1A": ("V(1)(A)", "active"),
    "flank_temporary_deployment_art_V_1B": ("V(1)(B)", "temporary"),
    "flank_temporary_deployment_per_state_art_V_1C": ("V(1)(C)", "temporary"),
    "sufficiency_rule_art_VI": ("VI(", "total"),
}  # fmt: skip


def published(*kinds: str) -> list[dict[str, str]]:
    """The rows of these kinds."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["kind"] in kinds]


def test_every_ceiling_is_the_published_one() -> None:
    ours = limits("cfe_1990_limits.csv")
    seen = published(*ARTICLES)
    assert len(seen) >= 37
    for row in seen:
        article, status = ARTICLES[row["kind"]]
        category = NAMES.get(row["category"], row["category"])
        found = {
            one.limit
            for one in ours
            if one.article.startswith(article) and (one.category, one.status) == (category, status)
        }  # fmt: skip
        assert int(row["value"]) in found, row
        assert len(found) == 1, row


def test_every_national_ceiling_is_the_published_one(record: Record) -> None:
    ours = {
        (one.state, one.category): one.limit for one in limits("cfe_adapted_1999_limits.csv") if one.article == "IV"
    }
    for row in published("adapted_national_ceiling_1999"):
        key = record.resolve(row["unit"].removesuffix(" (in area)"), "state")
        assert ours.get((key, NAMES.get(row["category"], row["category"]))) == int(row["value"]), row


def declared(record: Record) -> list[dict[str, Any]]:
    """Holdings declared for 17 November 1995, as facts."""
    return [
        {"state": record.resolve(row["unit"], "state"), "zone": "area", "category": row["category"], "status": "total",
         "basis": "declared", "count": int(row["value"]), "date": row["date"]}
        for row in published("declared_holdings")
    ]  # fmt: skip


def test_declared_holdings_of_1995_keep_the_figure_for_one_state(record: Record) -> None:
    answer = comply(record, "CFE_1990", on="1995-11-17", facts={"holdings": declared(record)}, article="VI(")
    known = [one for one in answer.findings if one.value is not None and one.verdict != "unknown"]
    assert len(known) >= 50
    assert {one.verdict for one in known} == {"yes"}


def test_a_list_that_is_not_complete_says_nothing_of_the_group(record: Record) -> None:
    answer = comply(record, "CFE_1990", on="1995-11-17", facts={"holdings": declared(record)}, article="IV(1)(")
    assert {one.verdict for one in answer.findings if one.group == "western"} == {"unknown"}


def test_the_adapted_ceilings_would_have_been_met_by_some_and_not_by_others(record: Record) -> None:
    """Holdings of 1995 against ceilings of 1999: what would have had to go, in our own subtraction."""
    later = [{**row, "date": "1999-11-19"} for row in declared(record)]
    answer = comply(record, "CFE_ADAPTED_1999", on="1999-11-19", facts={"holdings": later}, article="IV")
    found = {(one.state, one.unit): one for one in answer.findings if one.limit is not None and one.value is not None}
    belgium = next(one for (state, unit), one in found.items() if state == "BEL" and unit == "battle tanks")
    assert (belgium.verdict, belgium.margin, belgium.hypothetical) == ("no", 300 - 334, True)
    germany = next(one for (state, unit), one in found.items() if state == "DEU" and unit == "battle tanks")
    assert (germany.verdict, germany.margin) == ("yes", 3444 - 3061)
