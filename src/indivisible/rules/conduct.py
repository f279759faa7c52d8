"""What a state did or left undone: whether that is forbidden, required, or came by its day; three-valued throughout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indivisible.errors import FileError
from indivisible.rules.base import Case
from indivisible.rules.facts import Facts, said
from indivisible.rules.finding import BROKEN, KEPT, NOT_APPLICABLE, UNKNOWN, Finding
from indivisible.rules.holdings import NOTHING_KNOWN, plus
from indivisible.values import Estimate, Truth, iso

DONE = {Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "not known"}


def forbids(case: Case, article: str, *names: str, remedy: str = "stop it", unless: Truth = Truth.NO) -> Finding:
    """Broken if any of these facts is so, kept if none is; `unless` is an exception under which nothing is broken."""
    found = {name: case.facts.truth(name) for name in names}
    done = any_so(found.values()) & ~unless
    told = _told(case.facts, [name for name in names if found[name] is Truth.YES])
    if done is Truth.YES:
        return Finding(article, BROKEN, f"Forbidden, and so: {told}.", remedy=remedy)
    if done is Truth.NO:
        why = "Allowed by the exception of the article" if unless is Truth.YES and told else "None of it is so"
        return Finding(article, KEPT, f"{why}: {told or _told(case.facts, names)}.")
    open_ = [name for name in names if found[name] is Truth.UNKNOWN]
    why = f"Not known: {_told(case.facts, open_)}." if open_ else f"Whether the exception applies is not known: {told}."
    return Finding(article, UNKNOWN, why)


def requires(
    case: Case, article: str, *names: str, remedy: str = "", where: Truth = Truth.YES, when: str = "what calls for it"
) -> Finding:
    """Kept if all these facts are so, broken if one is not; not applicable unless `where`, in words `when`."""
    if where is Truth.NO:
        return Finding(article, NOT_APPLICABLE, f"Nothing is due without {when}.")
    found = {name: case.facts.truth(name) for name in names}
    done = all_so(found.values())
    lacks = [name for name in names if found[name] is Truth.NO]
    if where is Truth.UNKNOWN:
        return Finding(article, UNKNOWN, f"Whether there was {when} is not known.")
    if done is Truth.YES:
        return Finding(article, KEPT, f"All required is so: {_told(case.facts, names)}.")
    if done is Truth.NO:
        mend = remedy or f"what is missing: {_told(case.facts, lacks)}"
        return Finding(article, BROKEN, f"Required, and not so: {_told(case.facts, lacks)}.", remedy=mend)
    open_ = [name for name in names if found[name] is Truth.UNKNOWN]
    return Finding(article, UNKNOWN, f"Not known: {_told(case.facts, open_)}.")


def done_by(
    case: Case, article: str, what: str, due: int | None, on: int | None, *, done: Truth = Truth.UNKNOWN
) -> Finding:  # fmt: skip
    """Whether a thing was done on its last day or before; margin in days, `notice` the last day.

    `what` in words ("the declaration"). Not given is unknown; not done is broken only when the day has passed.
    """
    if done is Truth.NO and on is not None:
        raise FileError(f"{what} is said not to be done, and done on {iso(on)}", where=case.facts.where,
                        do="give one of the two")  # fmt: skip
    found = Finding(article, UNKNOWN, "", unit="days")
    head = what[:1].upper() + what[1:]
    if due is None:
        return replace(found, because=f"{head}: the day from which its term runs is not known.")
    last = iso(due)
    found = replace(found, notice=last)
    if on is not None:
        margin = due - on
        return replace(found, verdict=KEPT if margin >= 0 else BROKEN, margin=margin,
                       because=f"{head}: done on {iso(on)}, due by {last}.")  # fmt: skip
    if done is Truth.NO and case.day > due:
        return replace(found, verdict=BROKEN, because=f"{head}: not done, due by {last}.", remedy="do it now, late",
                       margin=due - case.day)  # fmt: skip
    if done is Truth.NO:
        return replace(found, verdict=NOT_APPLICABLE, because=f"{head}: not done yet, due by {last}.")
    return replace(found, because=f"{head}: due by {last}; when it was done is not known.")


def due_where(so: Truth, found: Finding, what: str) -> Finding:
    """A finding on what is due only where something is so; `what` in words after "without" and "whether there was"."""
    if so is Truth.YES:
        return found
    if so is Truth.NO:
        return Finding(found.article, NOT_APPLICABLE, f"Nothing is due without {what}.")
    return Finding(found.article, UNKNOWN, f"Whether there was {what} is not known.")


def added(facts: Facts, names: Iterable[str], *, stated: str = "") -> Estimate | None:
    """The sum of some facts, as far as they are known, narrowed by the sum that is stated, if it is given.

    What is not given is 0 or more; None where nothing is known at all. Raises FileError where the two contradict.
    """
    parts = plus([facts.number(name) or NOTHING_KNOWN for name in names])
    whole = (facts.number(stated) if stated else None) or NOTHING_KNOWN
    low, high = max(parts.low, whole.low), min(parts.high, whole.high)
    if low > high:
        raise FileError(
            f"{stated} is {said(whole)}, but its parts ({', '.join(names)}) add up to {said(parts)}",
            where=facts.where, do="give one of the two, or mend the figures",
        )  # fmt: skip
    found = Estimate(low, low if low == high else None, high)
    return None if found == NOTHING_KNOWN else found


def any_so(truths: Iterable[Truth]) -> Truth:
    """Whether one of them is so."""
    found = Truth.NO
    for truth in truths:
        found = found | truth
    return found


def all_so(truths: Iterable[Truth]) -> Truth:
    """Whether all of them are so."""
    found = Truth.YES
    for truth in truths:
        found = found & truth
    return found


def is_one_of(facts: Facts, name: str, *words: str) -> Truth:
    """Whether a choice is one of these words; unknown if it is not given."""
    chosen = facts.text(name)
    if chosen is None:
        return Truth.UNKNOWN
    return Truth.YES if chosen in words else Truth.NO


def _told(facts: Facts, names: Iterable[str]) -> str:
    """Facts in words, as their meanings tell them."""
    return "; ".join(facts.known[name].meaning.rstrip(".").removeprefix("Whether ") for name in names)
