"""Levers of every kind of step, drawn at random, on a world with a pact, a club, treaties that wait and a base."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import strategies as st

from architecture.changes_world import LANDS as LANDS
from architecture.changes_world import league, record
from indivisible.record.record import Record

DAY = "2010-06-01"
GROUPS = ("members of PACT", "members of CLUB", "members of NEW")
TREATIES = ("ACCORD", "LEAGUE", "COVENANT", "PACT_TREATY")
PLACES = {"AAA": (50, 0), "BBB": (51, 9), "CCC": (47, 20), "DDD": (55, 30)}  # EEE lies nobody knows where


@cache
def world() -> Record:
    """The world of the tests of changes, with treaties, capitals, one figure that is not known, and one conflict."""
    more = league()
    for land, (north, east) in PLACES.items():
        more += [_row(land, "capital_latitude", "", str(north)), _row(land, "capital_longitude", "", str(east))]
    more += [_row("CCC", "gdp_current_usd_upper_bound", "", "3000000000"), *_conflict("WAR", "AAA", "DDD")]
    folder = Path(mkdtemp()) / "facts"
    return record(folder, forget="CCC,gdp_current_usd,", more=more)


def _row(subject: str, field: str, thing: str, value: str) -> str:
    return f"{subject},{field},{thing},{value},2009,,,,PRIMER,list,high,"


def _conflict(key: str, one: str, other: str) -> list[str]:
    rows = [f"{key},kind,,conflict,2005-01-01,2006-01-01,,,PRIMER,list,high,"]
    rows += [f"{key},side_a,{one},,2005-01-01,2006-01-01,,,PRIMER,list,high,"]
    rows += [f"{key},side_b,{other},,2005-01-01,2006-01-01,,,PRIMER,list,high,"]
    listed = "INTERSTATE_CONFLICTS_UCDP"
    return [*rows, f"{listed},kind,,text,1980,,,,PRIMER,list,high,",
            f"{listed},list_complete,,conflict,1980-01-01,2015-01-01,,,PRIMER,list,high,"]  # fmt: skip


def who() -> st.SearchStrategy[str]:
    """A land, two, or the members of an organisation."""
    two = st.lists(st.sampled_from(LANDS), min_size=2, max_size=2, unique=True).map(lambda pair: f"[{', '.join(pair)}]")
    return st.one_of(st.sampled_from(LANDS), two, st.sampled_from(GROUPS))


@st.composite
def acts(draw: st.DrawFn, *, inside: bool = False) -> str:
    """The inside of a step of any kind, or of an effect of a text that is enacted."""
    one, other = draw(who()), draw(who())
    club = draw(st.sampled_from(("PACT", "CLUB", "UNION", "NEW")))
    treaty = draw(st.sampled_from(TREATIES))
    kind = draw(st.sampled_from(("defence", "nonaggression", "offence")))
    figure = draw(st.sampled_from(("gdp_current_usd", "population", "nuclear_warheads")))
    number = draw(st.sampled_from((50, 150, 1_500_000_000)))
    mutual = draw(st.sampled_from(("", ", mutual: true")))
    steps = {
        "accede": f"do: accede, states: {one}, organization: {club}",
        "withdraw": f"do: withdraw, states: {one}, organization: {club}",
        "suspend": f"do: suspend, states: {one}, organization: {club}",
        "pause": f"do: suspend, states: {one}, treaty: {treaty}",
        "observe": f"do: observe, states: {one}, organization: {club}",
        "found": f"do: found, organization: NEW, members: {one}, pledges: [{{kind: defence}}]",
        "found among": f"do: found, organization: NEW, members: {one}, pledges: [{{kind: {kind}, among: {other}}}]",
        "dissolve": f"do: dissolve, organization: {club}",
        "ratify": f"do: ratify, states: {one}, treaty: {treaty}",
        "denounce": f"do: denounce, states: {one}, treaty: {treaty}",
        "pledge": f"do: pledge, from: {one}, to: {other}, kind: {kind}{mutual}",
        "release": f"do: release, from: {one}, to: {other}, kind: {kind}{mutual}",
        "release of": f"do: release, from: {one}, to: {other}, kind: {kind}, treaty: {treaty}",
        "deploy": f"do: deploy, states: {one}, host: {other}, personnel: {number}",
        "deploy named": f"do: deploy, states: {one}, host: {other}, personnel: {number}, deployment: DEP_NEW",
        "remove": f"do: remove, states: {one}, host: {other}",
        "remove named": f"do: remove, deployment: {draw(st.sampled_from(('DEP_BASE', 'DEP_NEW')))}",
        "cap": f"do: cap, states: {one}, figure: {figure}, at_most: {number}",
        "cap troops": f"do: cap, states: {one}, host: {other}, at_most: {number}",
        "set": f"do: set, states: {one}, figure: {figure}, value: {number}",
    }
    if inside:
        return draw(st.sampled_from(sorted(steps.values())))
    effects = ", ".join(f"{{{draw(acts(inside=True))}}}" for _ in range(draw(st.integers(1, 2))))
    steps["enact"] = f"do: enact, treaty: DRAFT, effects: [{effects}]"
    return draw(st.sampled_from(list(steps.values())))


@st.composite
def levers(draw: st.DrawFn, *, most: int = 5) -> list[str]:
    """Up to so many levers, each the inside of a YAML map, of one or two steps with or without a date."""
    found = []
    founds = any_org = False
    for n in range(draw(st.integers(1, most))):
        steps = []
        for _ in range(draw(st.sampled_from((1, 1, 2)))):
            date = draw(st.sampled_from(("", "", ", date: 2011-01-01", ", date: 2012-01-01")))
            steps.append(f"{{{draw(acts())}{date}}}")
        text = ", ".join(steps)
        founds, any_org = founds or "do: found" in text, any_org or "NEW" in text
        found.append(f"id: l{n}, steps: [{text}]")
    if any_org and not founds:
        found.append("id: new, steps: [{do: found, organization: NEW, members: [AAA, EEE]}]")
    return found
