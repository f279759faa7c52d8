"""The bodies whose rules are known, and their procedures with the days on which each holds."""

from __future__ import annotations

from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.rules.councils import COUNCILS
from indivisible.rules.describe import kind_of
from indivisible.rules.facts import Fact
from indivisible.rules.procedure import Procedure, council_of
from indivisible.values import NEVER_BEGUN, NEVER_ENDED, iso


def list_procedures(record: Record, body: str = "") -> Table:
    """One row a procedure: body, name, kind of matter, rule in our own words, basis, votes it knows, and its days.

    `body` keeps those of one body. Raises QuestionError with near names for one whose rules are not known.
    """
    councils = (council_of(record, body),) if body else COUNCILS
    rows = tuple(
        {
            "body": council.KEY,
            "procedure": one.name,
            "matter": one.title,
            "rule": one.gist,
            "basis": one.basis,
            "votes": ", ".join(one.votes),
            "facts": "; ".join(_told(council.FACTS[name]) for name in one.asks),
            "from": None if one.since == NEVER_BEGUN else iso(one.since),
            "to": None if one.until == NEVER_ENDED else iso(one.until),
            "confidence": one.confidence,
        }
        for council in sorted(councils, key=lambda council: council.KEY)
        for one in council.PROCEDURES
    )
    bodies = councils[0].NAME if body else f"{len(councils)} bodies"
    says = f"{bodies}: {len(rows)} procedures. Where a case names none, the first one of its day is meant."
    return Table("procedures/1", {}, says, rows, record.digest, cards=("body", "procedure"))


def _told(fact: Fact) -> str:
    kind = f"one of {', '.join(fact.choices)}" if fact.choices else fact.kind
    return f"{fact.name} ({kind}): {fact.meaning}"


def describe_councils() -> str:
    """The reference page: every body, its procedures with the days on which they hold, votes, facts, and the rule."""
    lines = [
        "# Councils: how each body decides\n",
        "Members come from the record of the day; under *participation* those whose rights are suspended have no vote. "
        "Votes are named from most against to most for. Confidence says how sure our wording of a rule is: *high* "
        "where it stands in a published text or in two sources, *medium* where it rests on one secondary source or on "
        "knowledge of the text. Ask with `indivisible decide case.yaml`.\n",
    ]
    for council in sorted(COUNCILS, key=lambda council: council.KEY):
        lines.append(f"## {council.KEY}\n\n{_first_line(council)} Members: {council.ORGANIZATION}, {council.LAYER}.\n")
        lines += ["| procedure | matter | from | to | votes | basis | confidence |", "|" + " --- |" * 7]
        names = list(dict.fromkeys(one.name for one in council.PROCEDURES))
        in_time = sorted(council.PROCEDURES, key=lambda one: (names.index(one.name), one.since))
        lines += [_row(one) for one in in_time]
        lines.append("")
        lines += [f"- **{one.name}**{_since(one)} {one.gist}{_follows(one)}" for one in in_time]
        if council.FACTS:
            lines += ["\nFacts:\n", *(f"- `{f.name}` ({kind_of(f)}): {f.meaning}" for f in council.FACTS.values())]
        lines.append("")
    return "\n".join(lines) + "\n"


def _row(one: Procedure) -> str:
    first = "" if one.since == NEVER_BEGUN else iso(one.since)
    last = "" if one.until == NEVER_ENDED else iso(one.until)
    votes = ", ".join(vote.replace("_", " ") for vote in one.votes)
    return f"| `{one.name}` | {one.title} | {first} | {last} | {votes} | {one.basis} | {one.confidence} |"


def _since(one: Procedure) -> str:
    return "" if one.since == NEVER_BEGUN else f" (from {iso(one.since)})"


def _follows(one: Procedure) -> str:
    otherwise = one.otherwise if isinstance(one.otherwise, str) else " ".join(one.otherwise.values())
    adopted = f" *Adopted:* {one.then}" if one.then else ""
    return adopted + (f" *Otherwise:* {otherwise}" if otherwise else "")


def _first_line(council: object) -> str:
    line = (getattr(council, "__doc__", None) or "").strip().split("\n")[0]
    return line if line.endswith(".") else f"{line}."
