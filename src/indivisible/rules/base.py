"""What a treaty made executable offers: its articles as obligations, the facts they ask for, and whom they bind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.record.table import with_recalled
from indivisible.rules.facts import Fact, Facts
from indivisible.rules.finding import CONDITION, NOT_APPLICABLE, UNKNOWN, Finding
from indivisible.values import Truth, iso

if TYPE_CHECKING:
    from indivisible.architecture.treaty_text import TreatyText

LIMIT, NOTIFY, OBSERVE, CONSULT, SETTLE, PROHIBIT, DEFEND, CONSENT, PERMIT, DECLARE = (
    "limit", "notify", "observe", "consult", "settle", "prohibit", "defend", "consent", "permit", "declare",
)  # fmt: skip
KINDS = (LIMIT, NOTIFY, OBSERVE, CONSULT, SETTLE, PROHIBIT, DEFEND, CONSENT, PERMIT, DECLARE, CONDITION)
DOMAINS = ("arms_control", "biological", "chemical", "defence", "economic", "incidents", "nuclear", "terrorism")


@dataclass(frozen=True)
class Case:
    """A question put to a text: the record, the day, the state it is asked of (empty: all parties), and the facts.

    `hypothetical` asks what would be so if the text bound on that day and its terms had run out.
    """

    record: Record
    day: int
    state: str
    facts: Facts
    hypothetical: bool = False

    @property
    def date(self) -> str:
        """The day as YYYY-MM-DD."""
        return iso(self.day)


Check = Callable[[Case], Iterable[Finding]]
Whom = Callable[[str], bool]


@dataclass(frozen=True)
class Obligation:
    """One article that can be checked: what it is about, how sure our wording of it is, and the function that checks.

    `asks` names the facts without which it cannot answer; `source` is a place in the published text. Yes and no of a
    `condition` say whether it is met; nobody keeps or breaks it.
    """

    article: str
    title: str
    kind: str
    domain: str
    check: Check
    asks: tuple[str, ...] = ()
    confidence: str = "high"
    source: str = ""
    authority: str = ""  # where it differs from that of the text
    whom: Whom | None = None  # to which states it is addressed, by key; all parties, if not told

    @property
    def gist(self) -> str:
        """The article in our own words, as it stands beside the code."""
        return " ".join((self.check.__doc__ or "").split())


def article(
    number: str,
    title: str,
    *,
    kind: str,
    domain: str,
    asks: Iterable[str] = (),
    confidence: str = "high",
    source: str = "",
    authority: str = "",
    whom: Whom | None = None,
) -> Callable[[Check], Obligation]:
    """Make a function that checks one article an obligation. Its docstring is the article in our own words."""
    if kind not in KINDS or domain not in DOMAINS or confidence not in ("high", "medium"):
        raise ValueError(f"{number}: {kind}, {domain}, {confidence}")

    def wrap(check: Check) -> Obligation:
        return Obligation(
            number, title, kind, domain, check, tuple(asks), confidence, source or number, authority, whom
        )

    return wrap


class Treaty(Protocol):
    """A text as a module: its key in the record, its authority, the facts it asks for, and its articles."""

    @property
    def KEY(self) -> str: ...  # key of the treaty or text in the record
    @property
    def AUTHORITY(self) -> str: ...  # legal, political or draft
    @property
    def FACTS(self) -> Mapping[str, Fact]: ...
    @property
    def OBLIGATIONS(self) -> tuple[Obligation, ...]: ...


@dataclass(frozen=True, slots=True)
class Bond:
    """Whether a text binds a state on a day, in law; whether the state has suspended it, by its own word; and why.

    `positions` are what the parties say of it where they differ, as claims of the record.
    """

    bound: Truth
    suspended: Truth
    status: str
    why: str
    positions: tuple[Claim, ...] = ()
    sources: tuple[str, ...] = ()


def bond(record: Record, treaty: str, state: str, day: int) -> Bond:
    """Whether the state is bound by the text on that day, as the record has it; without a state, whether anybody is.

    Raises UnknownName.
    """
    if not state:
        return _whole_bond(record, treaty, day)
    from indivisible.architecture.treaties import treaty as status_of
    from indivisible.architecture.treaty_answers import TreatyStatus

    found = status_of(record, treaty, on=iso(day), state=state)
    assert isinstance(found, TreatyStatus)
    bound = BOUND.get(found.status)
    if bound is None:
        raise ValueError(found.status)
    suspended = Truth.YES if "suspended" in found.participation else Truth.NO
    if "in_force" in found.legal or "provisionally_applied" in found.legal or "adopted" in found.legal:
        bound = Truth.YES
    if bound is Truth.UNKNOWN:
        whole = _whole_bond(record, treaty, day)
        if whole.bound is Truth.NO:  # then it bound nobody, whatever is not known of this state
            return whole
    why, sources = found.sentence(), found.sources()
    stopped = _stopped(record, treaty, state, day)
    if stopped is not None and bound is Truth.YES:
        words = f"{stopped.value.replace('_', ' ')} in {record.name_of(stopped.object)} since {stopped.begin}"
        why, suspended = f"{why} Beside it: {words}; in law it stays bound.", Truth.YES
        sources = tuple(sorted({*sources, *stopped.sources}))
    return Bond(bound, suspended, found.status, why, found.positions, sources)


def _stopped(record: Record, treaty: str, state: str, day: int) -> Claim | None:
    """That a state has stopped taking part in the organisation whose members the text binds, or is suspended in it."""
    for roll in record.claims(subject=treaty, field="parties_follow"):
        for claim in record.claims(subject=state, field="role", object=roll.object):
            stopped = claim.value == "suspended" or claim.value.startswith("participation_")
            if stopped and claim.layer == "participation" and claim.span.holds(day) is Truth.YES:
                return claim
    return None


def _whole_bond(record: Record, treaty: str, day: int) -> Bond:
    """Whether the text bound anybody on the day, and how the record knows."""
    from indivisible.architecture.treaty_text import treaty_text

    text = treaty_text(record, treaty)
    bound, status, says = bound_anybody(text, day)
    claims = [claim for acts in text.acts.values() for claim in acts]
    sources = tuple(sorted({key for claim in claims for key in claim.sources}))
    said = tuple(claim for claim in text.about["position"] if claim.span.holds(day) is not Truth.NO)
    why = f"{record.name_of(treaty)} ({treaty}) on {iso(day)}: {says}."
    return Bond(bound, Truth.NO, status, with_recalled(why, record.recalled_among(sources)), said, sources)


def bound_anybody(text: TreatyText, day: int) -> tuple[Truth, str, str]:
    """Whether the text as a whole was in force, applied provisionally or (a political text) adopted; its status; and
    how that is said."""
    from indivisible.architecture.treaty_tie import tie

    if day >= text.record.known_to:
        return Truth.UNKNOWN, "unknown", "whether it bound is not known: past the coverage of the record"
    over = text.ended(day) is Truth.YES
    if text.binding == "political":
        bound = text.adopted(day) & ~text.ended(day)
        no = "a political text, no longer in use" if over else "a political text, not adopted"
        return bound, *_whole_status(bound, "adopted", "a political text, adopted", no, over=over)
    if text.binding != "legal":
        return Truth.NO, "proposed", "a draft, which creates no obligation"
    bound = text.in_force(day)
    applied = bound is Truth.NO and any(
        tie(text, state, day).provisional is Truth.YES
        for state, acts in text.acts.items()
        if any(claim.value == "provisional_application" for claim in acts)
    )
    if applied:
        return Truth.YES, "provisionally_applied", "applied provisionally"
    return bound, *_whole_status(bound, "in_force", "in force", "no longer in force" if over else "not in force",
                                 over=over)  # fmt: skip


def _whole_status(bound: Truth, status: str, says: str, no: str, *, over: bool) -> tuple[str, str]:
    """The status of a text as a whole, and how it is said."""
    if bound is Truth.YES:
        return status, says
    if bound is Truth.NO:
        return ("ended" if over else "none"), no
    return "unknown", f"whether it was {says} is not known"


BOUND: Mapping[str, Truth] = {
    "none": Truth.NO, "proposed": Truth.NO, "signed": Truth.NO, "ratified_not_in_force": Truth.NO,
    "withdrawn": Truth.NO, "lapsed": Truth.NO, "ended": Truth.NO, "ratification_revoked": Truth.NO,
    "adopted": Truth.YES, "provisionally_applied": Truth.YES, "in_force": Truth.YES, "suspended": Truth.YES,
    "withdrawal_notified": Truth.YES, "disputed": Truth.UNKNOWN, "unknown": Truth.UNKNOWN,
}  # fmt: skip
"""A suspension for which the text has no clause does not end the bond in law: it is a practice, and said so."""


def findings(
    treaty: Treaty, case: Case, *, hypothetical: bool = False, tied: Bond | None = None
) -> tuple[Finding, ...]:
    """Every article's findings for a case, with the text's authority and the confidence of our wording.

    Where the text does not bind the state on the day, every article is `not_applicable`, unless `hypothetical` asks
    what would be so if it did; where it is not known whether it binds, a verdict that would be known is `unknown`.
    `tied`: the bond, where it has been asked for already.
    """
    tied = tied or bond(case.record, treaty.KEY, case.state, case.day)
    found: list[Finding] = []
    for obligation in treaty.OBLIGATIONS:
        authority = obligation.authority or treaty.AUTHORITY
        others = bool(case.state) and obligation.whom is not None and not obligation.whom(case.state)
        if others or (tied.bound is Truth.NO and not hypothetical):
            because = "The article is addressed to other states." if others else tied.why
            found.append(
                Finding(obligation.article, NOT_APPLICABLE, because, authority=authority, under=obligation.article,
                        confidence=obligation.confidence, kind=obligation.kind)
            )  # fmt: skip
            continue
        for one in obligation.check(case):
            kept = replace(
                one, authority=one.authority or authority, under=obligation.article,
                kind=obligation.kind, confidence=_lower(one.confidence, obligation.confidence),
                hypothetical=one.hypothetical or tied.bound is Truth.NO,
            )  # fmt: skip
            if tied.bound is Truth.UNKNOWN and kept.verdict != NOT_APPLICABLE:
                kept = replace(kept, verdict=UNKNOWN, because=f"{tied.why} {kept.because}")
            elif tied.suspended is Truth.YES and kept.verdict != NOT_APPLICABLE:
                kept = replace(kept, because=f"{kept.because} {tied.why}")
            found.append(kept)
    return tuple(found)


def _lower(one: str, other: str) -> str:
    return "medium" if "medium" in (one, other) else one
