"""The index answers exactly what the slow rule answers, on every day around every turn."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from indivisible.architecture.members import is_member
from indivisible.architecture.membership_index import MembershipIndex
from indivisible.errors import UnknownName
from indivisible.record.load import load
from indivisible.record.record import Record

SOURCES = """\
source,title,publisher,published,kind,licence,url,note
LETTER,A letter,A,2000,official,CC0,,
BOOK,A year book,B,2000,dataset,CC0,,
PAPER,A newspaper,C,2000,press,CC0,,
"""


def agree(record: Record, organization: str) -> int:
    """Ask both about every state on every day beside an edge, and half-way between any two; how many were asked."""
    edges = {day for days in record.columns.days.T.tolist() for day in days if 690000 < day < 760000}
    halves = {(one + other) // 2 for one in edges for other in edges}
    days = sorted({edge + step for edge in edges | halves for step in (-1, 0, 1)} | {1, 3000000})
    for layer in ("legal", "participation"):
        index = MembershipIndex(record, layer=layer)
        for state in record.entities("state"):
            for day in days:
                slow = is_member(record, state, organization, day, layer=layer).truth
                assert index.truth(state, organization, day) is slow, (state, day, layer)
    return len(days)


def test_the_index_equals_the_rule(world: Record) -> None:
    assert agree(world, "LEAGUE") > 50


def invented(generator: random.Random) -> str:
    """Claims at random: several names of full membership with gaps, lists complete now and then, contested claims."""

    def some_date() -> str:
        day = date.fromordinal(generator.randrange(700000, 720000)).isoformat()
        return day[: generator.choice((4, 7, 10, 10))]

    def span() -> str:
        return generator.choice(("{},", "{},{}", "{},{}", ",{}", ",", "{},?")).format(
            *sorted((some_date(), some_date()))
        )

    rows = ["RECORD,kind,,record,,,,,LETTER,,high,", "RECORD,known_to,,1971-01-01,,,,,LETTER,,high,"]
    rows += [f"{state},kind,,state,,,,,LETTER,,high," for state in "ABCD"]
    rows += [f"L,kind,,organization,{span()},,,LETTER,,high,"]
    rows += [f"L,full_role,,{role},{span()},,,LETTER,,high," for role in ("party", "member")[: generator.randrange(3)]]
    rows += [
        f"L,list_complete,,{generator.choice(('party', 'member'))},{span()},,,LETTER,,high,"
        for _ in range(generator.randrange(4))
    ]
    for state in "ABC":
        for _ in range(generator.randrange(4)):
            role = generator.choice(("party", "member", "member", "observer", "none", "suspended"))
            layer = "participation" if role == "suspended" else "legal"
            source = generator.choice(("LETTER", "LETTER", "LETTER", "BOOK", "PAPER"))
            rows.append(f"{state},role,L,{role},{span()},{layer},,{source},,low,")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("seed", range(12))
def test_the_index_equals_the_rule_on_claims_at_random(facts: Callable[[dict[str, str]], Path], seed: int) -> None:
    folder = facts({"all.csv": invented(random.Random(seed)), "sources/all.csv": SOURCES})
    agree(load(facts=folder), "L")


def test_the_index_refuses_what_the_record_does_not_know(world: Record) -> None:
    index = MembershipIndex(world)
    with pytest.raises(UnknownName):
        index.truth("ALA", "LEEGUE", 700000)
    with pytest.raises(UnknownName):
        index.truth("AAA", "LEAGUE", 700000)
