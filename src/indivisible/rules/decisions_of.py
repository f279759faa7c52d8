"""What a body is known to have decided, with the votes: the cases that ship, and what imported data add.

Shipped cases are votes as they were cast, in the form that `decide` reads, each with its source; tests put every one
of them to the body's rule. Vetoes in the Security Council and roll calls of the General Assembly come from imported
data, which say how far they reach.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from indivisible.errors import QuestionError
from indivisible.readers.reference import bibtex
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.rules.ballot import conditions_of
from indivisible.rules.decide import decide
from indivisible.rules.decision_case import DecisionCase, read_case, read_many
from indivisible.rules.facts import Facts
from indivisible.rules.imported_decisions import Asked, Found, Row, roll_calls, vetoes
from indivisible.rules.procedure import Council, council_of, meeting_of, procedure_of
from indivisible.values import iso

FOLDER = Path(__file__).parent / "councils" / "decisions"
RECALLED = "(recalled)"
CAST = ("yes", "no", "abstain")
READ: Mapping[str, Callable[..., Found]] = {"unsc_vetoes": vetoes, "unga_votes": roll_calls}


@dataclass(frozen=True)
class Decisions(Table):
    """Known decisions of one body, the earliest first."""

    def cite(self) -> str:
        """BibTeX of the data sets used; shipped cases name their sources in their rows."""
        return bibtex(self.source_keys) or "% no dataset was used: each decision names its source"


def shipped(key: str) -> list[dict[str, Any]]:
    """The cases of one body that ship, as plain data; none for a body without."""
    path = FOLDER / f"{key.lower()}.yaml"
    return read_many(path) if path.is_file() else []


def decisions_of(
    record: Record,
    body: str,
    *,
    first: int | None = None,
    last: int | None = None,
    session: int | None = None,
    issue: str = "",
    home: Path | None = None,
) -> Decisions:
    """Known decisions of a body in the years first..last, or the roll calls of one session of the Assembly.

    `issue`: only roll calls about it. Raises QuestionError for a body without rules here, and for a session or an
    issue of a body that has none; MissingData for a session whose votes are not imported.
    """
    council = council_of(record, body)
    if first is not None and last is not None and last < first:
        raise QuestionError(f"the years end ({last}) before they begin ({first})", do="give the first year first")
    dataset = _datasets().get(council.KEY)
    has_sessions = dataset is not None and READ[dataset] is roll_calls
    if (session is not None or issue) and not has_sessions:
        raise QuestionError(f"no roll calls by session are known of {council.KEY}", do="ask with --from and --to")
    by_session = session is not None or bool(issue)
    rows = [] if by_session else [_row(record, council, case) for case in shipped(council.KEY)]
    notes: list[str] = []
    sources: tuple[str, ...] = ()
    if dataset is not None:
        found = READ[dataset](record, Asked(first, last, session, issue), home=home)
        rows, notes, sources = _merged(rows, found.rows), list(found.notes), found.datasets
    rows = sorted((row for row in rows if _within(row, first, last)), key=lambda row: str(row["date"]))
    if sum(bool(row["recalled"]) for row in rows):
        notes.append("votes marked recalled were not looked up when the case was written: check them before use")
    about = {"body": council.KEY, "from": first, "to": last, "session": session, "issue": issue or None}
    extra = {"notes": notes, "datasets": list(sources)}
    says = _sentence(council, rows, notes)
    return Decisions("record-of/1", about, says, tuple(rows), record.digest, sources, extra)


def _datasets() -> Mapping[str, str]:
    found: Mapping[str, str] = yaml.safe_load((FOLDER / "datasets.yml").read_text(encoding="utf-8"))
    return found


def _within(row: Row, first: int | None, last: int | None) -> bool:
    year = int(str(row["date"])[:4])
    return (first is None or first <= year) and (last is None or year <= last)


def _row(record: Record, council: Council, case: Mapping[str, Any]) -> Row:
    """A shipped case: the votes counted over the members of the day, and the outcome as it was published."""
    given = read_case(case)
    counts, against = _counted(record, council, given)
    source = "; ".join(given.sources)
    consensus = not given.counts and council.KEY not in _datasets() and _is_consensus(record, case)
    return {
        "date": iso(given.day),
        "decision": given.title,
        "outcome": case["expect"]["outcome"],
        "defeated_by": case["expect"].get("defeated_by"),
        **_numbers({} if consensus else counts),
        "consensus": consensus,
        "against": against,
        "subject": None,
        "source": source.removesuffix(RECALLED).strip(),
        "recalled": source.endswith(RECALLED),
        "case": str(case["case"]),
    }


def _numbers(counts: Mapping[str, int]) -> Row:
    """How many cast which vote; nothing known where no vote was taken."""
    if not counts:
        return dict.fromkeys((*CAST, "other"))
    other = sum(count for vote, count in counts.items() if vote not in CAST)
    return {**{vote: counts.get(vote, 0) for vote in CAST}, "other": other}


def _is_consensus(record: Record, case: Mapping[str, Any]) -> bool:
    """Whether the rule asks only that nobody objects, so that there were no votes to count."""
    return all(one.found in ("against", "fact") for one in conditions_of(decide(record, case).rule))


def _counted(record: Record, council: Council, given: DecisionCase) -> tuple[Mapping[str, int], list[str] | None]:
    """How many cast which vote, and who voted against or broke silence; None where only numbers are known."""
    if given.counts:
        return given.counts, None
    without = given.facts.get(procedure_of(council, given.procedure, given.day).without)
    names = without if isinstance(without, list) else [without] if without else []
    left_out = {record.resolve(str(name), "state") for name in names}
    voters = given.members or meeting_of(record, council, given.day, Facts({}), without=left_out).voters
    named = {record.resolve(name, "state"): vote for name, vote in given.votes.items()}
    cast = {voter: named.get(voter, given.others) for voter in voters}
    return Counter(cast.values()), sorted(voter for voter, vote in cast.items() if vote in ("no", "breaks_silence"))


def _merged(cases: list[Row], found: tuple[Row, ...]) -> list[Row]:
    """Both, a draft that stands in both once: with the votes of the case, and the dataset named beside its source."""
    by_draft = {row["decision"].partition(",")[0].partition(" (")[0]: row for row in cases}
    rows = list(cases)
    for row in found:
        case = by_draft.get(str(row["decision"]).partition(" (")[0])
        if case is None or case["date"] != row["date"]:
            rows.append(row)
            continue
        case["subject"] = row["subject"]
        case["source"] = f"{case['source']}; {row['source']}"
    return rows


def _sentence(council: Council, rows: list[Row], notes: list[str]) -> str:
    outcomes = Counter(row["outcome"] for row in rows)
    told = [
        f"{outcomes[one]:,} {word}"
        for one, word in (("adopted", "adopted"), ("rejected", "not adopted"))
        if outcomes[one]
    ]
    if open_ := len(rows) - outcomes["adopted"] - outcomes["rejected"]:
        told.append(f"{open_:,} of which the outcome is not known")
    counted = f"{len(rows):,} known decision{'' if len(rows) == 1 else 's'}"
    said = f"{council.NAME} ({council.KEY}): {counted}{', ' if told else ''}{', '.join(told)}; not a full list."
    return " ".join([said, *(f"Note: {note}." for note in notes)])
