"""The pledges of one state over its life: with whom, of what kind, by which texts, from which day to which."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from indivisible.apps.web.existence import existence
from indivisible.apps.web.standings import Legend, Shade, TreatyStanding
from indivisible.architecture.pledges import pledges_of
from indivisible.architecture.standing import turning_days
from indivisible.architecture.treaty_tie import bound_on
from indivisible.record.record import Record
from indivisible.values import Span, Truth

KINDS = ("defence", "offence", "neutrality", "nonaggression", "consultation")
PLEDGES: Legend = (
    ("self", "the state itself"), ("defence", "a pledge of defence"), ("offence", "a pledge to join in an attack"),
    ("neutrality", "a pledge of neutrality"), ("nonaggression", "a pledge not to attack"),
    ("consultation", "a pledge to consult"), ("none", "none that the record knows"),
)  # fmt: skip
Kinds = Mapping[str, set[str]]  # kind of pledge -> texts


def pledge_shade(record: Record, key: str, state: str, given: Kinds, taken: Kinds) -> Shade:
    """How one state is shown beside another that pledges to it, or takes its pledges."""
    name, who = record.name_of(key), record.name_of(state)
    if state == key:
        return Shade("self", f"{name} itself.")
    kind = next((kind for kind in KINDS if kind in given or kind in taken), "none")
    texts = {text for side in (given, taken) for found in side.values() for text in found}
    parts = [f"{name} pledges it {_kinds(record, given)}"] if given else []
    parts += [f"it pledges {name} {_kinds(record, taken)}"] if taken else []
    says = f"{who}: {'; '.join(parts) or f'no pledge between it and {name} that the record knows'}."
    ways = "both" if given and taken else "given" if given else "received" if taken else None
    return Shade(kind, says, float(len(texts)), {"direction": ways})


def _kinds(record: Record, side: Kinds) -> str:
    return ", ".join(
        f"{kind} ({'; '.join(record.name_of(text) for text in sorted(side[kind]))})" for kind in KINDS if kind in side
    )


class _Text:
    """One text with pledges: since when each state is bound by it, and its articles."""

    def __init__(self, record: Record, key: str) -> None:
        self.key, self.standing = key, TreatyStanding(record, key)
        self.states = set(self.standing.text.states())
        self.articles = [claim.span for claim in record.claims(subject=key, field="pledge")]
        self._bound: dict[str, tuple[list[int], list[Truth]]] = {}

    def spans(self, state: str) -> list[Span]:
        return [*self.articles, *self.standing.spans(state)]

    def bound(self, state: str, day: int, first: int, last: int) -> Truth:
        """Whether a state is bound on a day within first..last; worked out once for each of its turning days."""
        if state not in self._bound:
            turns = turning_days(self.standing.spans(state), first, last)
            self._bound[state] = turns, [bound_on(self.standing.text, state, turn) for turn in turns]
        turns, truths = self._bound[state]
        return truths[bisect_right(turns, day) - 1]


class Pledges:
    """The pledges between one state and all others. Raises UnknownName."""

    legend = PLEDGES

    def __init__(self, record: Record, name: str, *, first: int) -> None:
        self.record, self.key = record, record.resolve(name, "state")
        self.title = f"Pledges between {record.name_of(self.key)} and others"
        self.lives = existence(record).get(self.key, ())
        self._first, self._last = first, record.known_to - 1
        subjects = {claim.subject for claim in record.claims(field="pledge")}
        texts = (_Text(record, subject) for subject in sorted(subjects))
        self._texts = [text for text in texts if self.key in text.states]
        self._with: dict[str, list[_Text]] = {}
        for text in self._texts:
            for state in text.states:
                self._with.setdefault(state, []).append(text)

    def spans(self, state: str) -> Iterable[Span]:
        """Spans on whose edges the pledges between the two can change."""
        shared = self._with.get(state, ())
        return [span for text in shared for one in (self.key, state) for span in text.spans(one)]

    def shade(self, state: str, day: int) -> Shade:
        """The pledges between the two on a day."""
        given: dict[str, set[str]] = {}
        taken: dict[str, set[str]] = {}
        for text in self._with.get(state, ()) if state != self.key else ():
            ends = {one: text.bound(one, day, self._first, self._last) for one in (self.key, state)}
            if Truth.NO in ends.values():
                continue
            for pledge in pledges_of(self.record, text.key, ends, day):
                side = given if pledge.sender == self.key else taken
                side.setdefault(pledge.kind, set()).add(text.key)
        return pledge_shade(self.record, self.key, state, given, taken)
