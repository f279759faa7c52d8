"""Runs the rule cases: each states facts and what a lawyer would expect of an article, typed from the text.

A case names a `treaty`, or says what it `asks`: a question that the command of that name answers. The answer's JSON is
compared with what is expected, key by key; every expectation names its article or its norm.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from indivisible.record.record import Record
from indivisible.rules.comply import comply

FOLDER = Path(__file__).parent
KEYS = {"case", "name", "treaty", "asks", "on", "state", "facts", "hypothetical", "reading", "expect", "source"}
Finding = Mapping[str, Any]
if hasattr(yaml, "CSafeLoader"):
    LOADER: Any = yaml.CSafeLoader
else:
    LOADER = yaml.SafeLoader


def read(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Every case of the corpus, with the file it stands in."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or []:
            found.append({**_named(case), "file": path.name})
    return found


def _named(value: Any) -> Any:
    """The same with the key `on` as it was written: YAML 1.1 reads it as true."""
    if isinstance(value, dict):
        return {"on" if key is True else key: _named(item) for key, item in value.items()}
    return [_named(item) for item in value] if isinstance(value, list) else value


CASES = read()


def of_treaty(record: Record, case: Mapping[str, Any]) -> list[Finding]:
    """The findings of a case of a treaty, through the same function as the command line."""
    answer = comply(
        record, case["treaty"], on=str(case["on"]), state=case.get("state") or "", facts=case.get("facts") or {},
        where=str(case["case"]), hypothetical=bool(case.get("hypothetical")), reading=case.get("reading") or "",
    )  # fmt: skip
    whole = answer.to_dict()
    said = {"speakers": sorted({one["speaker"] for one in whole["positions"]})}
    return [{**one, **{k: whole[k] for k in ("bound", "status", "suspended")}, **said} for one in whole["findings"]]


def of_obligations(record: Record, case: Mapping[str, Any]) -> list[Finding]:
    """All that binds a state, by text."""
    from indivisible.rules.obligations_of import obligations

    return obligations(record, case["state"], on=str(case["on"]), **(case.get("facts") or {})).rows()


def of_force(record: Record, case: Mapping[str, Any]) -> list[Finding]:
    """Every branch of the tree of a use of force, every reading of it, and the duties to report."""
    from indivisible.rules.force import force

    return force(record, {"on": case["on"], **case["facts"]}).findings()


def of_notify(record: Record, case: Mapping[str, Any]) -> list[Finding]:
    """What an exercise calls for, text by text, and the limits that it touches."""
    from indivisible.rules.notify import notify

    return notify(record, case["facts"]).findings()


ASKED: dict[str, Callable[[Record, Mapping[str, Any]], list[Finding]]] = {
    "obligations": of_obligations,
    "force": of_force,
    "notify": of_notify,
}
"""Other questions than `comply`, by the word under `asks`: one line each."""


def answer_to(record: Record, case: Mapping[str, Any]) -> list[Finding]:
    """What the program says to one case."""
    return ASKED[case["asks"]](record, case) if "asks" in case else of_treaty(record, case)


def failures(record: Record, case: Mapping[str, Any]) -> list[str]:
    """Every expectation of a case that the program does not meet, in words."""
    found = answer_to(record, case)
    wrong = []
    for expected in case["expect"]:
        named = {key: expected[key] for key in NAMING if key in expected}
        there = [one for one in found if all(one.get(key) == value for key, value in named.items())]
        if "findings" in expected and len(there) != expected["findings"]:
            wrong.append(f"expected {expected['findings']} findings for {named}, found {len(there)}")
        elif "findings" in expected and not there:
            continue
        elif not there:
            wrong.append(f"no finding for {named}; there are {sorted({str(one.get('article')) for one in found})}")
        elif not any(matches(one, expected) for one in there):
            shown = [{key: one.get(key) for key in expected if key != "says"} for one in there]
            wrong.append(f"expected {dict(expected)}, found {shown}, because {there[0].get('because')}")
    return wrong


NAMING = ("article", "norm", "text", "zone", "group", "state", "basis", "unit", "reading", "instrument")


def matches(found: Finding, expected: Mapping[str, Any]) -> bool:
    """Whether a finding has every value expected of it; `says` is a part of its `because`, `findings` how many there
    are."""
    for key, value in expected.items():
        if key == "says":
            if value not in (found.get("because") or ""):
                return False
        elif key != "findings" and (key not in found or found[key] != value):
            return False
    return True


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['case']} {case['name']}")
def test_case(record: Record, case: dict[str, Any]) -> None:
    assert failures(record, case) == []


def test_the_corpus_is_well_formed() -> None:
    numbers = [case["case"] for case in CASES]
    assert len(numbers) == len(set(numbers)), sorted(n for n in set(numbers) if numbers.count(n) > 1)
    for case in CASES:
        assert set(case) <= KEYS | {"file"}, f"{case['case']}: {set(case) - KEYS}"
        assert ("treaty" in case) != ("asks" in case), case["case"]
        assert case["name"], case["case"]
        assert str(case.get("source") or "").strip(), f"{case['case']} says where its expectation comes from"
        assert case["expect"], f"{case['case']} expects something"
        assert all(isinstance(one, dict) for one in case["expect"]), case["case"]


def test_there_are_cases() -> None:
    assert len(CASES) >= 70


if __name__ == "__main__":  # another program can print the corpus
    print(yaml.safe_dump(CASES, sys.stdout, allow_unicode=True, sort_keys=False))
