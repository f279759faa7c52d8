"""All that binds a state on a day: the articles of the texts made executable, and the duties of all others recorded.

Each text is asked once for all its parties, not once for every state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indivisible.architecture.members import members
from indivisible.architecture.treaty_text import treaty_text
from indivisible.architecture.treaty_tie import Tie, tie
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.rules.base import BOUND, DOMAINS
from indivisible.rules.treaties import TREATIES
from indivisible.values import Truth, day_of, iso


@dataclass(frozen=True, slots=True)
class Article:
    """One duty as it is listed: of which text, in which domain, how sure its wording is, and whether it is encoded."""

    domain: str
    text: str
    article: str
    title: str
    kind: str
    binding: str
    confidence: str
    checked: bool
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owing:
    """One article binding one state, and with which status."""

    state: str
    article: Article
    status: str


@dataclass(frozen=True)
class Obligations:
    """All that binds one state, or all states, on a day."""

    state: str
    day: int
    domain: str
    owing: tuple[Owing, ...]
    record: Record

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape obligations/1."""
        return {
            "schema": "obligations/1",
            "state": self.state or None,
            "on": iso(self.day),
            "domain": self.domain or None,
            "obligations": self.rows(),
            **said_of_recalled(self._recalled()),
            "record": self.record.digest,
        }

    def sentence(self) -> str:
        """How many articles of how many texts bind, and of how many that is not known."""
        whom = self.record.name_of(self.state) if self.state else f"{len({one.state for one in self.owing})} states"
        sure = [one for one in self.owing if BOUND.get(one.status) is not Truth.UNKNOWN]
        texts = {one.article.text for one in sure}
        open_ = len(self.owing) - len(sure)
        said = f"{len(sure):,} articles of {len(texts)} texts bind {whom} on {iso(self.day)}"
        said += f" in the domain {self.domain}" if self.domain else ""
        said += f"; of {open_:,} more it is not known" if open_ else ""
        checked = sum(one.article.checked for one in self.owing)
        told = f"{said}. {checked:,} of them can be checked with `indivisible comply`."
        return with_recalled(told, self._recalled())

    def rows(self) -> list[dict[str, Any]]:
        """One row an article and state, by domain and text."""
        return [
            {
                **({} if self.state else {"state": one.state}),
                "domain": one.article.domain, "text": one.article.text, "article": one.article.article,
                "about": one.article.title, "kind": one.article.kind, "binding": one.article.binding,
                "status": one.status, "confidence": one.article.confidence, "checked": one.article.checked,
            }
            for one in self.owing
        ]  # fmt: skip

    def sources(self) -> tuple[str, ...]:
        """Sources of the duties that the record states."""
        return tuple(sorted({key for one in self.owing for key in one.article.sources}))

    def _recalled(self) -> tuple[str, ...]:
        return self.record.recalled_among(self.sources())


def obligations(record: Record, state: str = "", *, on: str, domain: str = "") -> Obligations:
    """Every article that binds a state on a day, or every state where none is named.

    Raises UnknownName, QuestionError for a domain that does not exist or a date that is not one day.
    """
    if domain and domain not in DOMAINS:
        raise QuestionError(f"no domain is called {domain!r}", do=f"choose {', '.join(DOMAINS)}")
    key = record.resolve(state, "state") if state else ""
    day = day_of(on)
    states = frozenset(record.entities("state"))
    found = []
    for text, articles in _texts(record, day, domain):
        for other, status in _bound(record, text, day, key):
            if other in states:
                found += [Owing(other, one, status) for one in articles]
    found.sort(key=lambda one: (one.state, one.article.domain, one.article.text))
    return Obligations(key, day, domain, tuple(found), record)


def _texts(record: Record, day: int, domain: str) -> Iterator[tuple[str, list[Article]]]:
    """Every text with its articles: the encoded ones, then the others whose duties the record states."""
    by_text: dict[str, list[Article]] = {}
    for treaty in TREATIES:
        by_text[treaty.KEY] = [
            Article(one.domain, treaty.KEY, one.article, one.title, one.kind, treaty.AUTHORITY, one.confidence, True)
            for one in treaty.OBLIGATIONS
        ]
    encoded = frozenset(by_text)
    for binding in ("legal", "political"):
        for claim in record.claims(field=f"{binding}_duty"):
            if claim.subject not in encoded and claim.span.holds(day) is Truth.YES:
                by_text.setdefault(claim.subject, []).append(
                    Article(claim.object, claim.subject, claim.place, record.name_of(claim.subject), claim.value,
                            binding, claim.confidence, False, claim.sources)
                )  # fmt: skip
    for text, articles in by_text.items():
        chosen = [one for one in articles if not domain or one.domain == domain]
        if chosen:
            yield text, chosen


def _bound(record: Record, text: str, day: int, state: str) -> Iterable[tuple[str, str]]:
    """Every state that the text binds or may bind, with its status; only the one asked for, if one is."""
    if text in record.entities("organization"):
        return _of_body(record, text, day, state)
    read = treaty_text(record, text)
    asked = (state,) if state else read.states()
    return [(one, found) for one in asked if (found := standing(tie(read, one, day)))]


def _of_body(record: Record, text: str, day: int, state: str) -> Iterable[tuple[str, str]]:
    found: Mapping[str, str] = {}
    answer = members(record, text, on=iso(day))
    found = dict.fromkeys(answer.members, "in_force") | {one: "unknown" for one, _ in answer.unsure}
    return [(one, status) for one, status in found.items() if not state or one == state]


def standing(found: Tie) -> str:
    """The status under which a tie binds or may bind; empty where it does not."""
    bound = BOUND[found.status]
    if any(word in found.legal for word in ("in_force", "provisionally_applied", "adopted")):
        bound = Truth.YES
    return "" if bound is Truth.NO else found.status
