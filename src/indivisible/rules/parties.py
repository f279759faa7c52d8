"""Whom a case names: which states they are in the record, whether a text bound them, and how an answer says so."""

from __future__ import annotations

from collections.abc import Iterable

from indivisible.rules.base import Case, bond
from indivisible.rules.facts import Facts
from indivisible.rules.finding import KEPT, UNKNOWN, Finding, verdict_of
from indivisible.values import Truth

ATTACKED = "The state of the case is itself the one that was attacked: the others owe it help."


def state_named(case: Case, fact: str) -> str | None:
    """The key of the state that a fact names, or None where it is not given. Raises UnknownName."""
    name = case.facts.text(fact)
    return None if name is None else case.record.resolve(name, "state")


def bound(case: Case, treaty: str, fact: str, *, told: str = "") -> Truth:
    """Whether the state that a fact names was bound by a text on the day of the case, as the record has it.

    `told` is a fact that says so for a state that the record does not know, such as one of a made-up case.
    """
    key = state_named(case, fact)
    if key is None:
        return case.facts.truth(told) if told else Truth.UNKNOWN
    return bond(case.record, treaty, key, case.day).bound


def itself(case: Case, fact: str) -> bool:
    """Whether the state of the case is the one that a fact names: it owes itself nothing."""
    return bool(case.state) and state_named(case, fact) == case.state


def lacking(facts: Facts, names: Iterable[str]) -> str:
    """Which of the facts were not given, in words; empty if all were."""
    missing = [name for name in names if name not in facts.values]
    return f" Not given: {', '.join(missing)}." if missing else ""


def when_owed(owed: Truth, done: Truth) -> Truth:
    """Whether a duty was kept: known only where it is known to be owed. Who did what may not have been owed has not
    shown that an article was kept; where it is not owed, the article does not apply, which the caller says first."""
    return done if owed is Truth.YES else Truth.UNKNOWN


def judged(
    article: str, truth: Truth, *, kept: str, broken: str, facts: Facts, asked: Iterable[str] = (), reading: str = "",
    authority: str = "", remedy: str = "",
) -> Finding:  # fmt: skip
    """A finding out of a three-valued answer to "is it kept?", with its reason; unknown names what was not given."""
    verdict = verdict_of(truth)
    told = kept if verdict == KEPT else broken
    if verdict == UNKNOWN:
        missing = lacking(facts, asked)
        told = f"Cannot be told.{missing}" if missing else "Cannot be told from what is given."
    return Finding(
        article, verdict, told, reading=reading, authority=authority, remedy=remedy if truth is Truth.NO else ""
    )
