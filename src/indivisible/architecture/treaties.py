"""What a treaty's status was on a day, for one State or as a whole, and on which acts that rests."""

from __future__ import annotations

from collections.abc import Mapping

from indivisible.architecture.standing import turning_days
from indivisible.architecture.treaty_answers import TreatyParties, TreatyStatus
from indivisible.architecture.treaty_text import LISTS, TreatyText, treaty_text
from indivisible.architecture.treaty_tie import Tie, bound_on, tie
from indivisible.errors import UnknownName
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Span, Truth, date_bounds

_UNDER_CLAUSE = frozenset({"withdrawn", "withdrawal_notified", "disputed"})


def treaty(record: Record, name: str, *, on: str, state: str | None = None) -> TreatyStatus | TreatyParties:
    """The status of a treaty on a day, or throughout a month or a year, for one State or as a whole.

    Over a period a status holds only if it holds on every day of it; otherwise it is unknown.
    Raises UnknownName for a treaty or a State, QuestionError for a date that cannot be meant.
    """
    text = treaty_text(record, record.resolve(name, "treaty"))
    first, last = date_bounds(on)
    if state is None:
        return _whole(text, on, first, last)
    return _one(text, party_key(record, state), on, first, last)


def parties_on(record: Record, treaty: str, day: int) -> dict[str, Truth]:
    """Every State that the treaty bound on one day: yes, or unknown; `treaty` is a key of the record."""
    text = treaty_text(record, treaty)
    if day >= record.known_to:
        before = parties_on(record, treaty, record.known_to - 1)
        return dict.fromkeys(before, Truth.UNKNOWN)
    if text.in_force(day) is Truth.NO:
        return {}
    found = {state: bound_on(text, state, day) for state in text.states()}
    return {state: truth for state, truth in found.items() if truth is not Truth.NO}


def party_key(record: Record, name: str) -> str:
    """The key of a State, or of an organisation that takes part in treaties (the European Union)."""
    try:
        return record.resolve(name, "state")
    except UnknownName as problem:
        try:
            return record.resolve(name, "organization")
        except UnknownName:
            raise problem from None


def _one(text: TreatyText, state: str, on: str, first: int, last: int) -> TreatyStatus:
    found = _over(text, state, first, last)
    record = text.record
    events = tuple(sorted((*text.acts_of(state), *_whole_acts(text)), key=lambda c: (c.span.from_earliest, c.address)))
    used = {key for claim in text.acts_of(state) for key in claim.sources}
    return TreatyStatus(
        treaty=text.key,
        state=state,
        on=on,
        status=found.status,
        legal=found.legal,
        participation=found.participation,
        since=found.since.text if found.since else None,
        since_precision=found.since.precision if found.since else None,
        notified=found.notice.begin if found.notice else None,
        towards=found.towards,
        basis=_basis(text, state, found),
        why=found.why,
        binding=text.binding,
        positions=tuple(c for c in _said(text, first, last) if state in (c.object, c.speaker)),
        events=events,
        record=record.digest,
        recalled=record.recalled_among(used),
        name=record.name_of(text.key),
    )


def _over(text: TreatyText, state: str, first: int, last: int) -> Tie:
    """One tie for several days: the same on all, or unknown because it changes or is unknown on one."""
    days = turning_days(_spans(text, state), first, last, extra=(text.record.known_to,))
    found = [tie(text, state, day) for day in days]
    one = found[0]
    if all(other == one for other in found):
        return one
    statuses = {other.status for other in found}
    status = one.status if len(statuses) == 1 else "unknown"
    return Tie(
        status=status,
        legal=_common([other.legal for other in found]),
        participation=_common([other.participation for other in found]),
        bound=_throughout([other.bound for other in found]),
        ratified=_throughout([other.ratified for other in found]),
        signed=_throughout([other.signed for other in found]),
        provisional=_throughout([other.provisional for other in found]),
        suspended=_throughout([other.suspended for other in found]),
        adopted=_throughout([other.adopted for other in found]),
        why=next((other.why for other in found if other.why), "undated") if status == "unknown" else one.why,
        since=one.since if status != "unknown" and all(other.since == one.since for other in found) else None,
        notice=one.notice if all(other.notice == one.notice for other in found) else None,
        towards=tuple(pair for pair in one.towards if all(pair in other.towards for other in found)),
    )


def _common(lists: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for word in lists[0] if all(word in other for other in lists)) or ("unknown",)


def _throughout(truths: list[Truth]) -> Truth:
    return truths[0] if all(truth is truths[0] for truth in truths) else Truth.UNKNOWN


def _spans(text: TreatyText, state: str) -> list[Span]:
    """Every span on whose edges the tie of a State can change."""
    spans = [claim.span for claim in text.acts_of(state)]
    spans += [Span(s.first, s.last, s.last + 1, s.last + 1) for s in text.entries(state)]
    spans += [claim.span for field in ("adopted", "proposed", "ended", "list_complete", "parties_follow", "kind")
              for claim in text.about[field]]  # fmt: skip
    spans += [claim.span for claim in text.record.claims(subject=state, field="kind")]
    if text.entered is not None:
        spans.append(Span(text.entered.first, text.entered.last, text.entered.last + 1, text.entered.last + 1))
    for _, roll in text.rolls():
        spans += [claim.span for claim in (*roll.by_holder.get(state, ()), *roll.complete, *roll.existence)]
    return spans


def _whole(text: TreatyText, on: str, first: int, last: int) -> TreatyParties:
    record = text.record
    past = last >= record.known_to
    ties = {state: _over(text, state, first, last) for state in text.states()}
    lists = {
        "parties": _named(ties, "bound"),
        "ratified": _named(ties, "ratified"),
        "signatories": _named(ties, "signed"),
        "provisional": _named(ties, "provisional"),
        "suspended": _named(ties, "suspended"),
        "adopted": _named(ties, "adopted"),
    }
    days = turning_days((c.span for c in text.about["list_complete"]), first, last, extra=(record.known_to,))
    sources = _sources(text)
    force_days = turning_days(_spans(text, text.key), first, last)
    return TreatyParties(
        treaty=text.key,
        on=on,
        in_force=Truth.UNKNOWN if past else _throughout([text.in_force(day) for day in force_days]),
        binding=text.binding,
        lists=lists,
        unsure=_unsure(text, ties, first),
        complete={n: not past and all(text.is_complete(n, d) is Truth.YES for d in days) for n in LISTS},
        positions=_said(text, first, last),
        events=_whole_acts(text),
        ties=ties,
        known_to=record.known_to,
        record=record.digest,
        name=record.name_of(text.key),
        sources_used=sources,
        recalled=record.recalled_among(sources),
    )


def _named(ties: Mapping[str, Tie], what: str) -> tuple[str, ...]:
    return tuple(sorted(state for state, found in ties.items() if getattr(found, what) is Truth.YES))


def _unsure(text: TreatyText, ties: Mapping[str, Tie], first: int) -> tuple[tuple[str, str], ...]:
    """States that may have been bound, and why that is not known; past the coverage, those that were before it."""
    found = []
    for state, one in sorted(ties.items()):
        if one.why == "past_coverage" and first >= text.record.known_to:
            before = tie(text, state, text.record.known_to - 1)
            if Truth.NO is before.bound is before.ratified is before.signed is before.adopted:
                continue
        open_ = one.bound is Truth.UNKNOWN or one.adopted is Truth.UNKNOWN
        if open_ or (one.bound is Truth.NO and one.ratified is Truth.UNKNOWN):
            found.append((state, one.why or "undated"))
    return tuple(found)


def _basis(text: TreatyText, state: str, found: Tie) -> str:
    """Whether the status rests on a clause of the text, on none that it has, or is no step out of it at all."""
    status = found.status
    if status == "suspended":
        return "clause" if any(c.value == "yes" for c in text.about["suspension_clause"]) else "no_clause"
    if status in _UNDER_CLAUSE:
        clause = any(claim.value != "none" for claim in text.about["exit_notice"])
        given = found.notice is not None or any(c.speaker and c.value == "withdrawn" for c in text.acts_of(state))
        return "clause" if clause and given else "no_clause" if status != "disputed" else "none"
    if status == "lapsed":
        return "clause"
    if status == "ended":
        own_term = any(claim.value in ("expired", "superseded") for claim in text.about["ended"])
        return "clause" if own_term or found.notice is not None else "none"
    return "none"


def _said(text: TreatyText, first: int, last: int) -> tuple[Claim, ...]:
    """Positions that somebody held on some day of the period."""
    return tuple(c for c in text.about["position"] if c.span.holds_throughout(first, last) is not Truth.NO)


def _whole_acts(text: TreatyText) -> tuple[Claim, ...]:
    return text.acts.get(text.key, ())


def _sources(text: TreatyText) -> tuple[str, ...]:
    claims = [claim for acts in text.acts.values() for claim in acts]
    claims += [claim for found in text.about.values() for claim in found]
    return tuple(sorted({key for claim in claims for key in claim.sources}))
