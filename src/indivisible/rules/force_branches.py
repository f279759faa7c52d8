"""The use of force under the UN Charter as a tree: each branch, the facts it turns on, and its rival readings.

A reading is a list of conditions, all of which must hold. Who holds a reading, and where it is published, stands in
`force_readings.yml`; the names of readings here and there are the same, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from indivisible.rules.facts import DAY, NAME, TRUTH, Fact, vocabulary
from indivisible.values import Truth


class Known(Protocol):
    """Facts that can be asked for a three-valued answer."""

    def truth(self, name: str, /) -> Truth: ...


def _fact(name: str, meaning: str) -> Fact:
    return Fact(name, TRUTH, meaning)


FACTS = vocabulary(
    _fact("force_used", "Whether armed force was used."),
    _fact("force_threatened", "Whether armed force was threatened."),
    _fact("against_another_state", "Whether that was against another state, or on its territory."),
    _fact("aimed_at_territory_or_independence", "Whether it was aimed at a state's territory or independence."),
    _fact("threat_to_peace_determined", "Whether the Council found a threat to peace, a breach of it or aggression."),
    _fact("force_authorised", "Whether a resolution of the Council in force authorises force by its words."),
    _fact("earlier_authorisation_revived", "Whether what has happened since revives an earlier authorisation."),
    _fact("within_authorisation", "Whether user, aim and time are those of the authorisation."),
    _fact("armed_attack", "Whether an armed attack has occurred."),
    _fact("attack_imminent", "Whether an armed attack is about to occur."),
    _fact("attack_by_a_state", "Whether the attack is a state's, or can be attributed to one."),
    _fact("attack_on_user_of_force", "Whether the attack is on a state that uses force in answer to it."),
    _fact("attack_on_another_state", "Whether the attack is on a state that another comes to help."),
    _fact("attacked_state_asked", "Whether the attacked state declared itself attacked and asked for help."),
    _fact("necessary", "Whether the force was necessary to stop the attack."),
    _fact("proportionate", "Whether the force was in proportion to that."),
    _fact("council_has_acted", "Whether the Council has taken the measures that are necessary."),
    _fact("reported_to_council", "Whether the measures of self-defence were reported to the Council."),
    Fact("force_began_on", DAY, "Day on which the force began."),
    Fact("reported_to_council_on", DAY, "Day of that report."),
    _fact("invited", "Whether the state on whose territory it is invited it or agreed to it."),
    _fact("inviter_is_government", "Whether those who invited were its government."),
    _fact("inviter_in_control", "Whether that government was in control of the country."),
    _fact("civil_war", "Whether there was a civil war, in which the force helps one side."),
    _fact("freely_given", "Whether the invitation was free of force and threat."),
    _fact("withdrawn", "Whether the invitation had been withdrawn or had run out."),
    _fact("within_invitation", "Whether the force stayed within the invitation."),
    _fact("regional_decision", "Whether a regional body decided on it by its own rules."),
    _fact("regional_authorised_first", "Whether the Council authorised the body's action before it began."),
    _fact("regional_approved_later", "Whether the Council approved of it afterwards."),
    _fact("council_kept_informed", "Whether the body kept the Council informed."),
    _fact("humanitarian_catastrophe", "Whether it was to stop an extreme humanitarian catastrophe."),
    _fact("no_other_means", "Whether no other means would have stopped that."),
    Fact("attacked", NAME, "The attacked state."),
    Fact("attacker", NAME, "The attacker."),
    Fact("invited_by", NAME, "Who invited."),
    Fact("regional_body", NAME, "The regional body."),
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must be so: in words, the facts that it turns on, and how it follows from them."""

    words: str
    facts: tuple[str, ...]
    holds: Callable[[Known], Truth]


def so(fact: str, words: str) -> Condition:
    """A fact must be so."""
    return Condition(words, (fact,), lambda known: known.truth(fact))


def not_so(fact: str, words: str) -> Condition:
    """A fact must not be so."""
    return Condition(words, (fact,), lambda known: ~known.truth(fact))


def either(first: str, second: str, words: str) -> Condition:
    """At least one of two facts must be so."""
    return Condition(words, (first, second), lambda known: known.truth(first) | known.truth(second))


@dataclass(frozen=True, slots=True)
class Reading:
    """One published interpretation of a branch: all its conditions must hold; without any, it never does."""

    name: str
    conditions: tuple[Condition, ...]

    def answer(self, known: Known) -> Truth:
        """Whether all conditions hold."""
        if not self.conditions:
            return Truth.NO
        truth = Truth.YES
        for condition in self.conditions:
            truth = truth & condition.holds(known)
        return truth

    def failing(self, known: Known) -> Iterable[Condition]:
        """Conditions that do not hold."""
        return (one for one in self.conditions if one.holds(known) is Truth.NO)

    def open(self, known: Known) -> Iterable[Condition]:
        """Conditions of which it is not known whether they hold."""
        return (one for one in self.conditions if one.holds(known) is Truth.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Branch:
    """One question of the tree: its article, what yes means, its readings, and names that belong to it."""

    key: str
    article: str
    title: str
    readings: tuple[Reading, ...]
    names: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that some reading of it turns on, in order, and the names that belong to it."""
        asked = (fact for reading in self.readings for one in reading.conditions for fact in one.facts)
        return tuple(dict.fromkeys((*asked, *self.names)))

    def answers(self, known: Known) -> dict[str, Truth]:
        """The answer under each reading."""
        return {reading.name: reading.answer(known) for reading in self.readings}

    def answer(self, known: Known) -> Truth:
        """The answer on which all readings agree, or unknown."""
        found = set(self.answers(known).values())
        return found.pop() if len(found) == 1 else Truth.UNKNOWN


_FORCE = (
    either("force_used", "force_threatened", "armed force was used or threatened"),
    so("against_another_state", "it was against another state, or on its territory"),
)
_HAPPENED = so("armed_attack", "an armed attack has occurred")
_COMING = either("armed_attack", "attack_imminent", "an armed attack has occurred or is about to")
_OF_A_STATE = so("attack_by_a_state", "the attack is a state's or can be attributed to one")
_ANSWER = (
    so("necessary", "the force was necessary"),
    so("proportionate", "it was proportionate"),
    not_so("council_has_acted", "the Council has not yet taken the necessary measures"),
)
_OWN = (so("attack_on_user_of_force", "the attack is on a state that uses the force"),)
_OTHERS = (
    so("attack_on_another_state", "the attack is on a state that is being helped"),
    so("attacked_state_asked", "that state declared itself attacked and asked for help"),
)
_INVITED = (
    so("invited", "the state on whose territory it is invited it or agreed"),
    so("inviter_is_government", "those who invited were its government"),
    so("freely_given", "the invitation was given freely"),
    not_so("withdrawn", "it had not been withdrawn and had not run out"),
    so("within_invitation", "the force stayed within it"),
)
_FOUND = so("threat_to_peace_determined", "the Council found a threat to peace, a breach of it or aggression")
_WITHIN = so("within_authorisation", "user, aim and time are those of the authorisation")
_WORDED = so("force_authorised", "a resolution authorises force by its words")
_FIRST = so("regional_authorised_first", "the Council authorised it first")
_DECIDED = so("regional_decision", "a regional body decided by its own rules")


def _self_defence(whose: tuple[Condition, ...]) -> tuple[Reading, ...]:
    return (
        Reading("occurred, by a state", (_HAPPENED, _OF_A_STATE, *whose, *_ANSWER)),
        Reading("occurred, by anyone", (_HAPPENED, *whose, *_ANSWER)),
        Reading("imminent, by a state", (_COMING, _OF_A_STATE, *whose, *_ANSWER)),
        Reading("imminent, by anyone", (_COMING, *whose, *_ANSWER)),
    )


PROHIBITION = Branch(
    "prohibition", "2(4)", "The prohibition of force applies",
    (
        Reading("any force across a border", _FORCE),
        Reading(
            "only against territory or independence",
            (*_FORCE, so("aimed_at_territory_or_independence", "it was aimed at territory or independence")),
        ),
    ),
)  # fmt: skip
COUNCIL = Branch(
    "council", "39, 42", "The Security Council authorised it",
    (
        Reading("by its words", (_FOUND, _WORDED, _WITHIN)),
        Reading(
            "an earlier authorisation can revive",
            (
                _FOUND,
                either("force_authorised", "earlier_authorisation_revived", "a resolution authorises it, or revives"),
                _WITHIN,
            ),
        ),
    ),
)  # fmt: skip
INDIVIDUAL = Branch(
    "self_defence_individual", "51 individual", "Individual self-defence", _self_defence(_OWN), ("attacked", "attacker")
)
COLLECTIVE = Branch(
    "self_defence_collective", "51 collective", "Collective self-defence", _self_defence(_OTHERS),
    ("attacked", "attacker"),
)  # fmt: skip
INVITATION = Branch(
    "invitation", "invitation", "Invitation or consent of the state concerned",
    (
        Reading("the recognised government invites", _INVITED),
        Reading("only a government in control", (*_INVITED, so("inviter_in_control", "it was in control"))),
        Reading("nobody into a civil war", (*_INVITED, not_so("civil_war", "there was no civil war"))),
    ),
    ("invited_by",),
)  # fmt: skip
REGIONAL = Branch(
    "regional", "53(1)", "Enforcement by a regional body, authorised by the Council",
    (
        Reading("the Council authorises first", (_DECIDED, _FIRST)),
        Reading(
            "approval afterwards suffices",
            (
                _DECIDED,
                either("regional_authorised_first", "regional_approved_later", "the Council authorised or approved it"),
            ),
        ),
    ),
    ("regional_body",),
)  # fmt: skip
HUMANITARIAN = Branch(
    "humanitarian", "not named", "A ground that the Charter does not name: to end a humanitarian catastrophe",
    (
        Reading("the Charter's exceptions are closed", ()),
        Reading(
            "a humanitarian exception",
            (
                so("humanitarian_catastrophe", "it was to stop an extreme humanitarian catastrophe"),
                so("no_other_means", "no other means would have stopped that"),
                so("proportionate", "it was proportionate"),
            ),
        ),
    ),
)  # fmt: skip
GROUNDS = (COUNCIL, INDIVIDUAL, COLLECTIVE, INVITATION, REGIONAL, HUMANITARIAN)
BRANCHES = (PROHIBITION, *GROUNDS)


def overall(known: Known) -> str:
    """What all readings of all branches agree on: not_engaged, within, outside; empty where they do not agree."""
    engaged = PROHIBITION.answer(known)
    grounds = {branch.answer(known) for branch in GROUNDS}
    if engaged is Truth.NO:
        return "not_engaged"
    if Truth.YES in grounds:
        return "within"
    if engaged is Truth.YES and grounds == {Truth.NO}:
        return "outside"
    return ""
