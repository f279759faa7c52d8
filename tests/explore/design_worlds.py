"""Small worlds with random powers, a pact and a club, and random levers, for searches that can be done by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from indivisible.explore.design_case import DesignCase, case_of
from indivisible.record.load import load
from indivisible.record.record import Record

HEADER = "subject,field,object,value,from,to,layer,speaker,source,place,confidence,note"
LANDS = ("AAA", "BBB", "CCC", "DDD", "EEE")


def row(subject: str, field: str, thing: str, value: str, begin: str = "", layer: str = "") -> str:
    """One claim."""
    place = "Art. 5" if value == "defence" else "list"
    return f"{subject},{field},{thing},{value},{begin},,{layer},,PRIMER,{place},high,"


def world(folder: Path, output: Sequence[int], members: Sequence[str]) -> Record:
    """Five lands with these outputs (0: not known) and a pact of these members that pledge to defend each other."""
    rows = [row("RECORD", "known_to", "", "2020-01-01"), row("RECORD", "kind", "", "record")]
    for key, gdp in zip(LANDS, output, strict=True):
        rows += [row(key, "kind", "", "state", "1900-01-01"), row(key, "name", "", f"{key.title()}land")]
        rows += [row(key, "cow_system", "", "member", "1900-01-01"), row(key, "population", "", "1000000", "2009")]
        if gdp:
            rows.append(row(key, "gdp_current_usd", "", f"{gdp}000000000", "2009"))
        else:
            rows.append(row(key, "gdp_current_usd_upper_bound", "", "3000000000", "2009"))
    rows += [row("PACT", "kind", "", "organization", "1950-01-01"), row("PACT", "full_role", "", "member")]
    rows += [row("PACT", "list_complete", "", "member", "1950-01-01"), row("PACT", "name", "", "The Pact")]
    rows += [row("PACT_TREATY", "kind", "", "treaty", "1950-01-01")]
    rows += [row("PACT_TREATY", "parties_follow", "PACT", "member")]
    rows += [row("PACT_TREATY", "entered_into_force", "", "", "1950-01-01")]
    rows += [row("PACT_TREATY", "pledge", "*>*", "defence")]
    rows += [row(key, "role", "PACT", "member", "1950-01-01", "legal") for key in members]
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "sources" / "primer.csv").write_text(
        "source,title,publisher,published,kind,licence,url,note\nPRIMER,A Primer,Press,2010,compiled,CC0,,\n"
    )
    (folder / "world.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    return load(facts=folder)


def case(levers: Sequence[str], *, more: str = "") -> DesignCase:
    """A case of these levers, each the inside of a YAML map; `more` are further lines of the file."""
    listed = "".join(f"  - {{{one}}}\n" for one in levers)
    text = f"schema: design-case/1\nname: x\ntitle: X\nstart: {{on: 2010-06-01}}\nlevers:\n{listed}{more}"
    return case_of(text, "x.yml")


def step(kind: str, one: str, other: str) -> str:
    """The inside of a step of a kind between, or by, two lands."""
    return {
        "defence": f"{{do: pledge, from: {one}, to: {other}, kind: defence, mutual: true}}",
        "one way": f"{{do: pledge, from: {one}, to: {other}, kind: defence}}",
        "offence": f"{{do: pledge, from: {one}, to: {other}, kind: offence, mutual: true}}",
        "talks": f"{{do: pledge, from: {one}, to: {other}, kind: consultation, mutual: true}}",
        "join": f"{{do: accede, state: {one}, organization: PACT}}",
        "leave": f"{{do: withdraw, state: {one}, organization: PACT}}",
        "arm": f"{{do: set, state: {one}, figure: gdp_current_usd, value: 7000000000}}",
        "cap": f"{{do: cap, state: {one}, figure: gdp_current_usd, at_most: 2000000000}}",
        "release": f"{{do: release, from: {one}, to: {other}, kind: defence, mutual: true}}",
    }[kind]


KINDS = ("defence", "one way", "offence", "talks", "join", "leave", "arm", "cap", "release")
