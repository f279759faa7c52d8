"""Treaties of collective defence: readings that matter, borders of areas and days, states found in the record."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from indivisible.errors import UnknownName
from indivisible.record.record import Record
from indivisible.rules.comply import comply

FOLDER = Path(__file__).parents[1] / "cases" / "rules"
CASES = [
    one
    for name in ("charter.yaml", "collective_defence.yaml")
    for one in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    if "treaty" in one
]


def findings(record: Record, case: dict[str, Any]) -> list[dict[str, Any]]:
    answer = comply(
        record, case["treaty"], on=str(case[True]), state=case.get("state") or "", facts=case.get("facts") or {}
    )
    return list(answer.to_dict()["findings"])


def test_every_reading_parts_from_a_rival_and_agrees_with_one(record: Record) -> None:
    """A reading changes what is computed, the verdict or its authority, in a case, and in another it does not."""
    seen, parted, agreed = set(), set(), set()
    for case in CASES:
        by_article: dict[str, list[dict[str, Any]]] = {}
        for one in findings(record, case):
            if one["reading"]:
                by_article.setdefault(one["article"], []).append(one)
        for article, read in by_article.items():
            for first, second in permutations(read, 2):
                name = (case["treaty"].rsplit("_", 2)[0], article, first["reading"])
                seen.add(name)
                if "unknown" in (first["verdict"], second["verdict"]):
                    continue
                if first["verdict"] == second["verdict"]:
                    agreed.add(name)
                if (first["verdict"], first["authority"]) != (second["verdict"], second["authority"]):
                    parted.add(name)
    assert len(seen) >= 30
    assert seen - parted == set()
    texts = {(text, reading) for text, _, reading in agreed}
    assert {(text, reading) for text, _, reading in seen} - texts == set()


def test_a_state_that_the_record_does_not_know_is_refused(record: Record) -> None:
    with pytest.raises(UnknownName, match="Kazakhstan"):
        comply(record, "CST", on="2022-01-06", state="RUS", facts={"attacked": "Kazahkstann", "armed_attack": True})


def test_names_lead_to_the_same_finding_as_keys(record: Record) -> None:
    facts = {"armed_attack": True, "attack_by_a_state": True, "menaces_state": True, "requested": True,
             "help_given": True}  # fmt: skip
    by_key, by_name = (
        comply(record, "CST", on="2022-01-06", state="RUS", facts={**facts, "attacked": name}, article="4").to_dict()
        for name in ("KAZ", "Kazakhstan")
    )
    assert by_key == by_name


def test_what_may_not_have_been_owed_is_not_called_kept(record: Record) -> None:
    """Help was given; whether it was owed is not known."""
    answer = comply(record, "WASHINGTON_TREATY_1949", on="2010-01-01", facts={"does_what_it_deems_necessary": True})
    found = {one.verdict for one in answer.findings if one.article == "5"}
    assert found == {"unknown"}


def test_the_memoranda_have_the_same_paragraphs(record: Record) -> None:
    facts = {"borders_respected": True, "nuclear_weapons_used": False}
    told = [
        [(one.article, one.verdict, one.reading, one.authority) for one in
         comply(record, f"BUDAPEST_MEMORANDUM_{key}_1994", on="2010-01-01", facts=facts).findings]
        for key in ("BLR", "KAZ", "UKR")
    ]  # fmt: skip
    assert told[0] == told[1] == told[2]


def test_the_sentence_tells_a_reading_from_a_verdict(record: Record) -> None:
    facts = {"brigades": 0.3, "permanent": False, "in_rotation": True, "host_is_new_member": True}
    answer = comply(record, "NATO_RUSSIA_FOUNDING_ACT_1997", on="2017-07-01", facts=facts)
    assert "Not kept under some reading only: IV combat forces." in answer.sentence()
    assert "Not kept:" not in answer.sentence()
    sure = comply(record, "NATO_RUSSIA_FOUNDING_ACT_1997", on="2017-07-01", facts={"force_or_threat": True})
    assert "Not kept: I." in sure.sentence()
