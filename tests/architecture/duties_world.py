"""A small fictional world for duties: six lands, two bodies, a universal one, and treaties of every awkward kind.

On 1 June 2010, leaving out what is universal (A is AAA, and so on; every pair and domain not named has no duty):
  PACT    A, B, C        defence and terrorism in law      AB AC BC
  CLUB    D, perhaps E   defence politically, economy in law, biology (its Code) politically: DE not known
  LIMITS  A, D, E        arms control in law               AD AE DE
  GUARD   A, F           A defends F (one way); both consult: defence in law   AF
  SHIELD  B, F           B defends F (one way): nothing
  BORDER  D, E, F        incidents in law, between E and each of the others    DE EF
  GIFT    A, B           A towards B only: nothing
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from indivisible.record.load import load
from indivisible.record.record import Record

HEADER = "subject,field,object,value,from,to,layer,speaker,source,place,confidence,note"
LANDS = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")
PACT = "PACT"


def row(
    subject: str, field: str, thing: str = "", value: str = "", begin: str = "", end: str = "",
    layer: str = "", place: str = "list", note: str = "",
) -> str:  # fmt: skip
    """One claim."""
    return f"{subject},{field},{thing},{value},{begin},{end},{layer},,PRIMER,{place},high,{note}"


def rows() -> list[str]:
    """All claims of the world."""
    found = [row("RECORD", "kind", value="record"), row("RECORD", "name", value="The record")]
    found += [row("RECORD", "known_to", value="2020-01-01")]
    for land in LANDS:
        found += [row(land, "kind", value="state", begin="1900-01-01"), row(land, "name", value=f"Land of {land[0]}")]
        found += [row(land, "cow_system", value="member", begin="1900-01-01")]
        found += [row(land, "role", "WORLD", "member", "1945-01-01", layer="legal")]
    return [*found, *_bodies(), *_treaties(), *_duties()]


def _bodies() -> list[str]:
    found = []
    for key in (PACT, "CLUB", "WORLD", "COUNCIL"):
        found += [row(key, "kind", value="organization", begin="1945-01-01"), row(key, "name", value=f"The {key}")]
        found += [
            row(key, "full_role", value="member"),
            row(key, "list_complete", "", "member", "1945-01-01", "2020-01-01"),
        ]
    for land, begin in (("AAA", "1950-01-01"), ("BBB", "1950-01-01"), ("CCC", "2000-01-01")):
        found.append(row(land, "role", PACT, "member", begin, layer="legal"))
    return [
        *found,
        row("CCC", "role", PACT, "suspended", "2004-01-01", "2006-01-01", "participation"),
        row("DDD", "role", PACT, "partner", "1995-01-01", layer="legal"),
        row("DDD", "role", "CLUB", "member", "1990-01-01", layer="legal"),
        row("EEE", "role", "CLUB", "member", "2010", layer="legal"),
        row("FFF", "role", "CLUB", "observer", "1990-01-01", layer="legal"),
        row("AAA", "role", "COUNCIL", "member", "1945-01-01", layer="legal"),
        row("EEE", "role", "COUNCIL", "member", "1945-01-01", layer="legal"),
        row("COUNCIL", "founding_treaty", "WORLD_CHARTER"),
    ]


def _treaties() -> list[str]:
    found = []
    for key in ("WORLD_CHARTER", "LIMITS", "GUARD", "SHIELD", "BORDER", "GIFT", "CODE", "WAITING"):
        binding = "political" if key == "CODE" else "legal"
        found += [row(key, "kind", value="treaty", begin="1990-01-01"), row(key, "name", value=f"The {key}")]
        found += [row(key, "binding", value=binding), row(key, "adopted", "", "signed", "1990-01-01")]
        found += [
            row(key, "list_complete", "", name, "1990-01-01", "2020-01-01") for name in ("parties", "signatories")
        ]
        if key not in ("CODE", "WAITING", "WORLD_CHARTER"):
            found += [
                row(key, "entered_into_force", begin="1995-01-01"),
                row(key, "entry_rule", value="date 1995-01-01"),
            ]
    acts = {
        "LIMITS": (("AAA", "2001-03-01"), ("DDD", "2001-03-01"), ("EEE", "2002")),
        "GUARD": (("AAA", "1995-01-01"), ("FFF", "1995-01-01")),
        "SHIELD": (("BBB", "1995-01-01"), ("FFF", "1995-01-01")),
        "BORDER": (("DDD", "1995-01-01"), ("EEE", "1995-01-01"), ("FFF", "1995-01-01")),
        "GIFT": (("AAA", "1995-01-01"), ("BBB", "1995-01-01")),
    }
    for key, parties in acts.items():
        found += [row(land, "act", key, "in_force", begin) for land, begin in parties]
    return [
        *found,
        row("DDD", "act", "LIMITS", "suspended", "2008-05-01"),
        row("DDD", "act", "LIMITS", "resumed", "2009-05-01"),
        row("GUARD", "pledge", "AAA>FFF", "defence", place="Art. 5"),
        row("GUARD", "pledge", "*>*", "consultation", place="Art. 2"),
        row("SHIELD", "pledge", "BBB>FFF", "defence", place="Art. 1"),
        row("CODE", "parties_follow", "CLUB", "member", "1990-01-01"),
        row("EEE", "act", "CODE", "non_participation", "2015-01-01"),
        row("WAITING", "entry_rule", value="all_ratify 2"),
        row("AAA", "act", "WAITING", "signed", "1999-01-01"),
        row("AAA", "act", "WAITING", "ratified", "2000-01-01"),
        row("FFF", "act", "WAITING", "signed", "1999-01-01"),
    ]


def _duties() -> list[str]:
    legal, political = "legal_duty", "political_duty"
    return [
        row("WORLD", "open_to", value="all_states"),
        row("WORLD_CHARTER", "open_to", value="all_states"),
        row("WORLD", legal, "defence", "settle", place="Art. 2"),
        row("COUNCIL", legal, "defence", "consult", place="Art. 9"),
        row(PACT, legal, "defence", "defend", place="Art. 5"),
        row(PACT, legal, "defence", "consult", place="Art. 4"),
        row(PACT, legal, "terrorism", "consult", "2005-01-01", place="Art. 7"),
        row("CLUB", political, "defence", "consult", place="rule 1"),
        row("CLUB", legal, "economic", "settle", place="rule 2"),
        row("LIMITS", legal, "arms_control", "limit", place="Art. 1"),
        row("GUARD", legal, "defence", "consult", place="Art. 2"),
        row("BORDER", legal, "incidents", "notify", place="Art. 3"),
        row("BORDER", "duty_direction", "*>EEE", "incidents", place="Art. 3"),
        row("BORDER", "duty_direction", "EEE>*", "incidents", place="Art. 3"),
        row("GIFT", political, "economic", "limit", place="Art. 1"),
        row("GIFT", "duty_direction", "AAA>BBB", "economic", place="Art. 1"),
        row("CODE", political, "biological", "consult", place="rule 9"),
        row("WAITING", legal, "biological", "limit", place="Art. 1"),
    ]


def record(folder: Path, *, more: Iterable[str] = (), change: Callable[[str], str] = str) -> Record:
    """The world as a record, with `more` claims; every claim goes through `change` first."""
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "primer.csv").write_text(
        "source,title,publisher,published,kind,licence,url,note\n"
        "PRIMER,A Primer of the Six Lands,The Six Lands Press,2010,compiled,CC0,,\n"
    )
    (folder / "world.csv").write_text("\n".join([HEADER, *map(change, (*rows(), *more))]) + "\n")
    return load(facts=folder)


MATRIX_2010 = {
    ("AAA", "BBB"): {"defence": "legal", "terrorism": "legal"},
    ("AAA", "CCC"): {"defence": "legal", "terrorism": "legal"},
    ("BBB", "CCC"): {"defence": "legal", "terrorism": "legal"},
    ("AAA", "DDD"): {"arms_control": "legal"},
    ("AAA", "EEE"): {"arms_control": "legal"},
    ("AAA", "FFF"): {"defence": "legal"},
    ("DDD", "EEE"): {
        "defence": "unknown", "arms_control": "legal", "incidents": "legal", "biological": "unknown",
        "economic": "unknown",
    },
    ("EEE", "FFF"): {"incidents": "legal"},
}  # fmt: skip
"""The matrix of 1 June 2010, worked out by hand."""
