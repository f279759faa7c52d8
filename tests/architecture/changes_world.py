"""A small fictional world for changes: five lands, one pact, one club, one treaty that waits for ratifications."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indivisible.architecture.architecture import Architecture, Deployment, Figure, Membership
from indivisible.architecture.change import Change, change_of
from indivisible.architecture.change_file import parse_table
from indivisible.architecture.pledges import pledges_of
from indivisible.record.load import load
from indivisible.record.record import Record
from indivisible.values import Estimate, Truth, day_of

HEADER = "subject,field,object,value,from,to,layer,speaker,source,place,confidence,note"
LANDS = ("AAA", "BBB", "CCC", "DDD", "EEE")
NAMES = ("Aland", "Bland", "Cland", "Dland", "Eland")


def _row(subject: str, field: str, thing: str, value: str, begin: str = "", end: str = "", layer: str = "") -> str:
    place = "Art. 5" if value == "defence" else "Art. 4" if value == "consultation" else "list"
    return f"{subject},{field},{thing},{value},{begin},{end},{layer},,PRIMER,{place},high,"


def rows() -> list[str]:
    """The claims of the world; AAA, BBB and (since 2000) CCC are in the pact, DDD is its partner."""
    found = [_row("RECORD", "known_to", "", "2020-01-01"), _row("RECORD", "kind", "", "record")]
    for key, name in zip(LANDS, NAMES, strict=True):
        found += [
            _row(key, "kind", "", "state", "1900-01-01"),
            _row(key, "name", "", name),
            _row(key, "cow_system", "", "member", "1900-01-01"),
            _row(key, "population", "", "1000000", "2009"),
            _row(key, "gdp_current_usd", "", "2000000000", "2009"),
        ]
    for key in ("PACT", "CLUB", "UNION"):
        found += [_row(key, "kind", "", "organization", "1950-01-01"), _row(key, "full_role", "", "member")]
        found += [_row(key, "list_complete", "", "member", "1950-01-01")]
    for key in ("PACT_TREATY", "ACCORD"):
        found += [_row(key, "kind", "", "treaty", "1950-01-01")]
    found += [
        _row("PACT", "name", "", "The Pact"),
        _row("DRAFT", "kind", "", "text", "2008-01-01"),
        _row("DEP_BASE", "kind", "", "deployment", "2001-01-01"),
        _row("DEP_BASE", "sender", "AAA", "", "2001-01-01"),
        _row("DEP_BASE", "host", "BBB", "", "2001-01-01"),
        _row("DEP_BASE", "personnel", "", "100..300", "2001-01-01"),
        _row("AAA", "role", "PACT", "member", "1950-01-01", "", "legal"),
        _row("BBB", "role", "PACT", "member", "1950-01-01", "", "legal"),
        _row("CCC", "role", "PACT", "member", "2000-01-01", "", "legal"),
        _row("DDD", "role", "PACT", "partner", "2001-01-01", "", "legal"),
        _row("DDD", "role", "CLUB", "member", "1990-01-01", "", "legal"),
        _row("EEE", "role", "CLUB", "member", "2010", "", "legal"),
        _row("PACT_TREATY", "parties_follow", "PACT", "member"),
        _row("PACT_TREATY", "entered_into_force", "", "", "1950-01-01"),
        _row("PACT_TREATY", "pledge", "*>*", "defence"),
        _row("PACT_TREATY", "pledge", "*>*", "consultation"),
        _row("ACCORD", "pledge", "*>*", "nonaggression"),
        _row("ACCORD", "entry_rule", "", "all_ratify 3"),
        _row("DDD", "act", "ACCORD", "signed", "2004-01-01"),
        _row("EEE", "act", "ACCORD", "signed", "2004-01-01"),
        _row("DDD", "act", "ACCORD", "ratified", "2005-01-01"),
        _row("EEE", "act", "ACCORD", "ratified", "2015-01-01"),
    ]
    return found


def league() -> list[str]:
    """Claims besides: a defence treaty that three lands have ratified, and one that AAA and DDD have signed."""
    found = [_row(key, "kind", "", "treaty", "1990-01-01") for key in ("LEAGUE", "COVENANT")]
    found += [_row("LEAGUE", "entered_into_force", "", "", "1995-01-01")]
    found += [_row(key, "pledge", "*>*", "defence") for key in ("LEAGUE", "COVENANT")]
    found += [_row("COVENANT", "entry_rule", "", "all_ratify 2")]
    found += [_row(land, "act", "LEAGUE", "ratified", "1995-01-01") for land in ("BBB", "DDD", "EEE")]
    found += [_row(land, "act", "LEAGUE", "in_force", "1995-01-01") for land in ("BBB", "DDD", "EEE")]
    found += [_row(land, "act", "COVENANT", "signed", "1999-01-01") for land in ("AAA", "DDD")]
    return [*found, _row("AAA", "act", "COVENANT", "ratified", "2001-01-01")]


def write(folder: Path, forget: str = "", more: Iterable[str] = ()) -> Path:
    """The world as a folder of facts, with `more` claims and without those that begin with `forget`."""
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "primer.csv").write_text(
        "source,title,publisher,published,kind,licence,url,note\n"
        "PRIMER,A Primer of the Five Lands,The Five Lands Press,2010,compiled,CC0,,\n"
    )
    kept = [row for row in (*rows(), *more) if not forget or not row.startswith(forget)]
    (folder / "world.csv").write_text("\n".join([HEADER, *kept]) + "\n")
    return folder


def record(folder: Path, forget: str = "", more: Iterable[str] = ()) -> Record:
    """The world as a record, with `more` claims and without those that begin with `forget`."""
    return load(facts=write(folder, forget, more))


def make(*steps: str) -> Change:
    """A change of these steps, dated so that its baseline is 1 June 2010."""
    lines = "".join(f"  - {{id: s{n}, date: 2010-06-02, {step}}}\n" for n, step in enumerate(steps, 1))
    return change_of(parse_table(f"schema: change/1\nname: x\ntitle: X\nsteps:\n{lines or '  []'}", "x.yml"))


DAY = day_of("2010-06-01")


def architecture(world: Record) -> Architecture:
    """The world on 1 June 2010 (EEE may or may not have joined the club by then), built by hand."""
    member = {
        ("AAA", "PACT", "member"): True,
        ("BBB", "PACT", "member"): True,
        ("CCC", "PACT", "member"): True,
        ("DDD", "CLUB", "member"): True,
        ("DDD", "PACT", "partner"): True,
        ("EEE", "CLUB", "member"): False,
    }
    parties = {"AAA": Truth.YES, "BBB": Truth.YES, "CCC": Truth.YES}
    return Architecture(
        day=DAY,
        record=world.digest,
        states=LANDS,
        memberships=tuple(Membership(*key, "legal", sure, ()) for key, sure in member.items()),
        pledges=pledges_of(world, "PACT_TREATY", parties, DAY),
        deployments=(Deployment("DEP_BASE", "AAA", "BBB", "base", Estimate(100, 200, 300), True, ()),),
        figures={
            (s, field): Figure(s, field, Estimate(value, value, value), 2009, (f"world.csv:{s}",))
            for s in LANDS
            for field, value in (("population", 1e6), ("gdp_current_usd", 2e9))
        },
        capitals={},
        borders=frozenset(),
    )
