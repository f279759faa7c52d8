"""Decisions that imported data tell: vetoes in the Security Council, roll calls of the General Assembly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indivisible import readers
from indivisible.errors import QuestionError
from indivisible.panels.needed import need
from indivisible.panels.roll_call_subjects import Subjects, issue_of, subjects
from indivisible.panels.voters import Codes
from indivisible.readers.coverage import windows
from indivisible.readers.dataset import windows_text
from indivisible.readers.home import read_stored
from indivisible.record.record import Record

if TYPE_CHECKING:
    import polars as pl

Row = dict[str, Any]
VETOES, VOTES = "unsc_vetoes", "unga_votes"
NOT_THERE = "{title} ({key}) is not imported: indivisible data import FILE adds {what}"


@dataclass(frozen=True)
class Asked:
    """Which decisions: of the years first..last, of one session, about one issue."""

    first: int | None = None
    last: int | None = None
    session: int | None = None
    issue: str = ""


@dataclass(frozen=True)
class Found:
    """Rows, what has to be said of them, and the datasets they are from."""

    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()


def vetoes(record: Record, asked: Asked, *, home: Path | None = None) -> Found:
    """Every draft that a permanent member voted down, with those who did, by the key of who held the seat."""
    if read_stored(VETOES, home) is None:
        return Found(notes=(_missing(VETOES, "every veto since 1946"),))
    table = readers.open(VETOES, home=home).sort("date", "veto", "ccode").collect()
    code_of = Codes(record)
    rows = []
    for (_,), part in table.partition_by("veto", as_dict=True, maintain_order=True).items():
        one = part.row(0, named=True)
        holders = code_of.holders(one["date"].toordinal())
        against = sorted(holders.get(code, str(code)) for code in part["ccode"].to_list())
        row = _row(one["date"], one["draft"], one["agenda_item"], outcome="rejected", source=VETOES)
        rows.append(row | {"defeated_by": "veto", "against": against})
    last = max(table["date"].to_list()).isoformat()
    covers = windows_text(windows(VETOES, home=home))
    note = (
        f"vetoes are those of the imported list ({covers}, the last of {last}); votes other than vetoes are not in it"
    )
    return Found(tuple(rows), (note,), (VETOES,))


def roll_calls(record: Record, asked: Asked, *, home: Path | None = None) -> Found:
    """Roll calls of a session, or of the sessions of the years; none where neither is asked for."""
    code = issue_of(asked.issue) if asked.issue else ""
    if asked.session is None and not code:
        if read_stored(VOTES, home) is None:
            return Found(notes=(_missing(VOTES, "roll calls"),))
        if asked.first is None and asked.last is None:
            return Found(notes=("besides these there are the roll calls of a session: --session 74",))
    need([VOTES], home=home)
    counts = _counts(asked, home)
    if not counts.height:
        there = windows_text(windows(VOTES, home=home))
        raise QuestionError("no roll call was taken then, by the imported votes", do=f"the file covers {there}")
    numbers = counts["session"].to_list()
    return _told(counts, subjects(min(numbers), max(numbers), home=home), code)


def _counts(asked: Asked, home: Path | None) -> pl.DataFrame:
    import polars as pl

    lazy = readers.open(VOTES, home=home)
    if asked.session is not None:
        lazy = lazy.filter(pl.col("session") == asked.session)
    if asked.first is not None:
        lazy = lazy.filter(pl.col("year") >= asked.first)
    if asked.last is not None:
        lazy = lazy.filter(pl.col("year") <= asked.last)
    votes = [(pl.col("vote") == vote).sum().alias(vote) for vote in ("yes", "no", "abstain")]
    return lazy.group_by("session", "roll_call", "date").agg(votes).sort("date", "roll_call").collect()


def _told(counts: pl.DataFrame, about: Subjects, issue: str) -> Found:
    rows, unknown = [], 0
    for one in counts.iter_rows(named=True):
        number = one["roll_call"]
        if issue and number not in about.issues:
            unknown += 1
            continue
        if issue and issue not in about.issues[number]:
            continue
        name = about.resolution.get(number) or f"roll call {number}"
        row = _row(one["date"], name, about.title.get(number), outcome=_outcome(one["yes"], one["no"]), source=VOTES)
        rows.append(row | {vote: one[vote] for vote in ("yes", "no", "abstain")})
    notes = [
        "two thirds for is adopted, no majority is not; between these it hangs on whether the question was important"
    ]
    if unknown:
        notes.append(f"what {unknown} further roll calls were about is not known")
    return Found(tuple(rows), tuple(notes), (VOTES, *about.datasets))


def _outcome(yes: int, no: int) -> str | None:
    """What follows from the numbers alone: Article 18 asks two thirds on important questions, else a majority."""
    if yes <= no:
        return "rejected"
    return "adopted" if yes >= 2 * no else None


def _row(date: Any, decision: str, subject: str | None, *, outcome: str | None, source: str) -> Row:
    return {
        "date": date.isoformat(),
        "decision": decision,
        "outcome": outcome,
        "defeated_by": None,
        **dict.fromkeys(("yes", "no", "abstain", "other")),
        "consensus": False,
        "against": None,
        "subject": subject,
        "source": source,
        "recalled": False,
        "case": None,
    }


def _missing(key: str, what: str) -> str:
    from indivisible.readers.dataset import dataset

    return NOT_THERE.format(title=dataset(key).title, key=key, what=what)
