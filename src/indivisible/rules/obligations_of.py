"""All that binds a state on a day: the articles of the texts made executable, and the duties of all others recorded.

Each text is asked once for all its parties, not once for every state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from indivisible.architecture.members import members
from indivisible.architecture.treaty_text import treaty_text
from indivisible.architecture.treaty_tie import Tie, tie
from indivisible.errors import QuestionError
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.rules.base import BOUND, DOMAINS, Whom, bound_anybody
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
    whom: Whom | None = None

    def addresses(self, state: str) -> bool:
        """Whether it is addressed to a party: most are to all."""
        return self.whom is None or self.whom(state)


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
    silent: tuple[str, ...] = ()  # texts whose list of those bound is not complete, and does not name the state

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape obligations/1."""
        return {
            "schema": "obligations/1",
            "state": self.state or None,
            "on": iso(self.day),
            "domain": self.domain or None,
            "obligations": self.rows(),
            "silent": list(self.silent),
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
        told = f"{said}. {checked:,} of them can be checked with `indivisible comply`"
        if self.silent:
            about = "say nothing of it" if self.state else "may bind more states than they name"
            told += f"; {len(self.silent)} more texts have no complete list and {about} (--json names them)"
        told = told if self.state else told.replace(" more texts have", " texts have")
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

    A text whose list of those bound is not complete, and that says nothing of the state, is named under `silent`.

    Raises UnknownName, QuestionError for a domain that does not exist or a date that is not one day.
    """
    if domain and domain not in DOMAINS:
        raise QuestionError(f"no domain is called {domain!r}", do=f"choose {', '.join(DOMAINS)}")
    key = record.resolve(state, "state") if state else ""
    day = day_of(on)
    states = frozenset(record.entities("state"))
    found: list[Owing] = []
    open_lists = []
    for text, articles in _texts(record, day, domain):
        whose, complete = _bound(record, text, day, key)
        found += [Owing(other, one, status) for other, status in whose if other in states
                  for one in articles if one.addresses(other)]  # fmt: skip
        if not complete:
            open_lists.append(text)
    found.sort(key=lambda one: (one.state, one.article.domain, one.article.text))
    return Obligations(key, day, domain, tuple(found), record, tuple(sorted(open_lists)))


def _texts(record: Record, day: int, domain: str) -> Iterator[tuple[str, list[Article]]]:
    """Every text with its articles: the encoded ones, then the others whose duties the record states."""
    by_text: dict[str, list[Article]] = {}
    for treaty in TREATIES:
        by_text[treaty.KEY] = [
            Article(one.domain, treaty.KEY, one.article, one.title, one.kind, one.authority or treaty.AUTHORITY,
                    one.confidence, True, whom=one.whom)
            for one in treaty.OBLIGATIONS
        ]  # fmt: skip
    encoded = frozenset(by_text)
    for binding in ("legal", "political"):
        for claim in record.claims(field=f"{binding}_duty"):
            if claim.subject not in encoded and claim.span.holds(day) is Truth.YES and not _said_already(record, claim):
                by_text.setdefault(claim.subject, []).append(
                    Article(claim.object, claim.subject, claim.place, record.name_of(claim.subject), claim.value,
                            binding, claim.confidence, False, claim.sources)
                )  # fmt: skip
    for text, articles in by_text.items():
        chosen = [one for one in articles if not domain or one.domain == domain]
        if chosen:
            yield text, chosen


def _said_already(record: Record, claim: Claim) -> bool:
    """Whether a duty that the record states of an organisation is an encoded article of the treaty that it rests on."""
    own = [one for one in _of_treaties(record).get(claim.subject, ()) if one[0] == claim.object]
    named = set(NUMBER.findall(claim.place))
    of_its_kind = {number for _, kind, number in own if kind == claim.value}
    return bool(named) and (named <= {number for _, _, number in own} or bool(named & of_its_kind))


@lru_cache(maxsize=8)
def _of_treaties(record: Record) -> Mapping[str, list[tuple[str, str, str]]]:
    """Domain, kind and number of every encoded article of the treaties that an organisation rests on."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for treaty in TREATIES:
        founded = record.claims(field="founding_treaty", object=treaty.KEY)
        followed = record.claims(subject=treaty.KEY, field="parties_follow")
        for body in {one.subject for one in founded} | {one.object for one in followed}:
            for article in treaty.OBLIGATIONS:
                numbers = NUMBER.findall(article.article)
                found.setdefault(body, []).extend((article.domain, article.kind, number) for number in numbers)
    return found


NUMBER = re.compile(r"\b\d{1,2}(?!\d)(?:\(\d+\))?")  # 5, or 42(7); no year
NOBODY = "-"  # no state has this key: a state of which the record says nothing


def _bound(record: Record, text: str, day: int, state: str) -> tuple[list[tuple[str, str]], bool]:
    """Every state that the record names and the text binds or may bind, with its status, or the one asked for; and
    whether the list of those bound is declared complete, so that silence about a state is no."""
    if text in record.entities("organization"):
        return _of_body(record, text, day, state)
    read = treaty_text(record, text)
    if bound_anybody(read, day)[0] is Truth.NO:
        return [], True
    named = [one for one in read.states() if not state or one == state]
    whose = [(one, found) for one in named if (found := standing(tie(read, one, day)))]
    unnamed = NOBODY if not state else state if state not in named else ""
    return whose, not unnamed or not standing(tie(read, unnamed, day))


def _of_body(record: Record, text: str, day: int, state: str) -> tuple[list[tuple[str, str]], bool]:
    answer = members(record, text, on=iso(day))
    found: Mapping[str, str] = dict.fromkeys(answer.members, "in_force") | {one: "unknown" for one, _ in answer.unsure}
    whose = [(one, status) for one, status in found.items() if not state or one == state]
    return whose, answer.complete or (bool(state) and bool(whose))


def standing(found: Tie) -> str:
    """The status under which a tie binds or may bind; empty where it does not."""
    bound = BOUND[found.status]
    if any(word in found.legal for word in ("in_force", "provisionally_applied", "adopted")):
        bound = Truth.YES
    return "" if bound is Truth.NO else found.status
