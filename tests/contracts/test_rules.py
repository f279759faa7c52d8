"""What every text made executable must satisfy: listed, described, tried by cases, and never kept by not knowing."""

from __future__ import annotations

import copy
import importlib.util
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import indivisible.rules.treaties as folder
from indivisible.record.record import Record
from indivisible.rules.base import DOMAINS, KINDS, Case, Obligation, Treaty
from indivisible.rules.comply import comply
from indivisible.rules.facts import Facts
from indivisible.rules.finding import NOT_APPLICABLE, UNKNOWN
from indivisible.rules.treaties import TREATIES
from indivisible.values import day_of

PATH = Path(__file__).resolve().parents[1] / "cases" / "rules" / "test_rule_cases.py"
SPEC = importlib.util.spec_from_file_location("rule_cases", PATH)
assert SPEC is not None
assert SPEC.loader is not None
rule_cases = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(rule_cases)
CASES: list[dict[str, Any]] = [case for case in rule_cases.CASES if "treaty" in case]
OBLIGATIONS = [(text, one) for text in TREATIES for one in text.OBLIGATIONS]
NAMED = [f"{text.KEY} {one.article}" for text, one in OBLIGATIONS]


@pytest.mark.parametrize("text", TREATIES, ids=lambda text: text.KEY)
def test_the_record_knows_it(record: Record, text: Treaty) -> None:
    assert record.resolve(text.KEY, "treaty") == text.KEY
    assert text.AUTHORITY in ("legal", "political", "draft")
    assert text.OBLIGATIONS
    assert all(fact.name == name and fact.meaning for name, fact in text.FACTS.items())


def test_every_module_with_a_key_is_listed() -> None:
    listed = {text.__name__ for text in TREATIES}  # type: ignore[attr-defined]
    for module in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
        loaded = importlib.import_module(module.name)
        assert not hasattr(loaded, "KEY") or module.name in listed, f"{module.name} is not in TREATIES"
    assert len({text.KEY for text in TREATIES}) == len(TREATIES)


@pytest.mark.parametrize(("text", "one"), OBLIGATIONS, ids=NAMED)
def test_every_article_is_described_and_asks_for_declared_facts(text: Treaty, one: Obligation) -> None:
    assert len(one.gist.split()) >= 5, "the article in our own words stands beside the code"
    assert one.title
    assert one.kind in KINDS
    assert one.domain in DOMAINS
    assert set(one.asks) <= set(text.FACTS), set(one.asks) - set(text.FACTS)


@pytest.mark.parametrize("text", TREATIES, ids=lambda text: text.KEY)
def test_articles_are_named_once(text: Treaty) -> None:
    named = [one.article for one in text.OBLIGATIONS]
    assert len(named) == len(set(named))


@pytest.mark.parametrize(("text", "one"), OBLIGATIONS, ids=NAMED)
def test_with_no_facts_nothing_is_kept_or_broken(record: Record, text: Treaty, one: Obligation) -> None:
    if not one.asks:  # what the record alone answers
        return
    for on in ("1993-06-01", "1999-07-01", "2010-01-01", "2021-12-01", "2023-06-01"):
        for state in ("", "RUS", "USA", "FRA"):
            case = Case(record, day_of(on), state, Facts(text.FACTS), hypothetical=True)
            verdicts = {found.verdict for found in one.check(case)}
            assert verdicts <= {UNKNOWN, NOT_APPLICABLE}, f"{on} {state}: {verdicts}"


@pytest.fixture(scope="module")
def tried(record: Record) -> set[tuple[str, str]]:
    """The obligations that some case expects something of."""
    found = set()
    for case in CASES:
        answers = rule_cases.of_treaty(record, case)
        expected = {str(one.get("article")) for one in case["expect"]}
        found |= {
            (record.resolve(case["treaty"], "treaty"), one["under"]) for one in answers if one["article"] in expected
        }
    return found


@pytest.mark.parametrize(("text", "one"), OBLIGATIONS, ids=NAMED)
def test_every_article_has_a_case(tried: set[tuple[str, str]], text: Treaty, one: Obligation) -> None:
    if (text.KEY, one.article) not in tried:
        pytest.fail("no case of the corpus expects anything of it")


def without_one(facts: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The facts with one of them forgotten: a fact, a row of holdings, or one cell of a table."""
    for name, value in facts.items():
        yield name, {other: kept for other, kept in facts.items() if other != name}
        if not isinstance(value, list):
            continue
        for n, row in enumerate(value):
            if name in ("holdings", "group_holdings"):
                kept = copy.deepcopy(dict(facts))
                kept[name][n].pop("count", None)
                yield f"{name}, row {n + 1}, count", kept
                if len({one["date"] for one in value}) == 1:  # without a row of its day an older figure would count
                    yield f"{name}, row {n + 1}", {**kept, name: [*value[:n], *value[n + 1 :]]}
            elif isinstance(row, Mapping):
                for cell in row:
                    kept = copy.deepcopy(dict(facts))
                    del kept[name][n][cell]
                    yield f"{name}, row {n + 1}, {cell}", kept


def verdicts(record: Record, case: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[tuple[str, ...], set[str]]:
    answer = comply(
        record, case["treaty"], on=str(case["on"]), state=case.get("state") or "", facts=facts,
        hypothetical=bool(case.get("hypothetical")),
    )  # fmt: skip
    found: dict[tuple[str, ...], set[str]] = {}
    for one in answer.findings:
        key = (one.article, one.zone, one.group, one.state, one.unit, one.basis, one.reading)
        found.setdefault(key, set()).add(one.verdict)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['case']} {case['name']}")
def test_forgetting_a_fact_leaves_a_verdict_or_makes_it_unknown(record: Record, case: dict[str, Any]) -> None:
    facts = case.get("facts") or {}
    before = verdicts(record, case, facts)
    for forgotten, kept in without_one(facts):
        after = verdicts(record, case, kept)
        for key, was in before.items():
            new = after.get(key, set()) - was - {UNKNOWN}
            assert not new, f"without {forgotten}, {key} is {new}, and was {was}"
