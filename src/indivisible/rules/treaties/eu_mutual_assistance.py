"""Treaty on European Union, Article 42(7): aid and assistance to a member that is the victim of armed aggression."""

from __future__ import annotations

from collections.abc import Iterable

from indivisible.rules.base import DEFEND, PROHIBIT, Case, article
from indivisible.rules.conduct import requires
from indivisible.rules.facts import CHOICE, NAME, TRUTH, Fact, vocabulary
from indivisible.rules.finding import NOT_APPLICABLE, Finding
from indivisible.rules.parties import ATTACKED, bound, itself, judged, when_owed
from indivisible.values import Truth

KEY = "EU_TEU_42_7_2009"
AUTHORITY = "legal"
NONE, OTHER, MILITARY = "none", "other", "military"
FACTS = vocabulary(
    Fact("attacked", NAME, "State that was attacked."),
    Fact("attacked_is_member", TRUTH, "Whether that state is a member, where it is not named."),
    Fact("armed_aggression", TRUTH, "Whether it was the victim of armed aggression on its territory."),
    Fact("by_a_state", TRUTH, "Whether the aggression was a state's."),
    Fact("requested", TRUTH, "Whether it asked the others for aid; the text does not ask for that."),
    Fact("aid", CHOICE, "What the state of the case gave.", choices=(NONE, OTHER, MILITARY)),
    Fact("military_aid_in_power", TRUTH, "Whether military aid was in its power."),
    Fact("special_character", TRUTH, "Whether its security and defence policy has a special character."),
    Fact("is_nato_member", TRUTH, "Whether it is also a party to the North Atlantic Treaty."),
    Fact("consistent_with_nato", TRUTH, "Whether what it did is consistent with its commitments there."),
    Fact("within_article_51", TRUTH, "Whether what it did is in accordance with Article 51 of the UN Charter."),
)


@article(
    "42(7)", "Aid by all the means in their power", kind=DEFEND, domain="defence",
    asks=("attacked", "armed_aggression", "by_a_state", "aid", "military_aid_in_power", "special_character"),
)  # fmt: skip
def aid(case: Case) -> Iterable[Finding]:
    """If a member is the victim of armed aggression on its territory, the others owe it aid and assistance by all the
    means in their power; the special character of some members' policy is left as it is. Whether an attack that is no
    state's counts is read in two ways: France invoked the article on 17 November 2015 after such an attack, and the
    others gave their support; whether military means are among those owed is asked of the facts."""
    facts = case.facts
    member = bound(case, KEY, "attacked", told="attacked_is_member")
    aggression = {
        "aggression of a state": facts.truth("armed_aggression") & facts.truth("by_a_state"),
        "aggression of any origin": facts.truth("armed_aggression"),
    }
    for reading, attack in aggression.items():
        owed = member & attack
        if itself(case, "attacked"):
            yield Finding("42(7)", NOT_APPLICABLE, ATTACKED, reading=reading)
            continue
        if owed is Truth.NO:
            yield Finding(
                "42(7)", NOT_APPLICABLE, "So read, no member was the victim of such aggression.", reading=reading
            )
            continue
        yield judged(
            "42(7)", when_owed(owed, _given(case)), kept="The aid that was in its power was given.",
            broken="Aid that was in its power was not given.", facts=facts, asked=aid.asks, reading=reading,
            remedy="give aid by the means in its power",
        )  # fmt: skip


def _given(case: Case) -> Truth:
    """Whether the aid was all that the article asks: some at least; military aid where that is in a state's power and
    its policy has no special character."""
    given = case.facts.text("aid")
    if given is None:
        return Truth.UNKNOWN
    if given == MILITARY:
        return Truth.YES
    if given == NONE:
        return Truth.NO
    if given == OTHER:
        return ~case.facts.truth("military_aid_in_power") | case.facts.truth("special_character")
    raise ValueError(given)


@article(
    "42(7) UN Charter", "In accordance with Article 51", kind=PROHIBIT, domain="defence", asks=("within_article_51",)
)
def within_charter(case: Case) -> Iterable[Finding]:
    """The aid is in accordance with Article 51 of the UN Charter."""
    yield requires(case, "42(7) UN Charter", "within_article_51")


@article(
    "42(7) NATO", "Consistent with commitments under NATO", kind=PROHIBIT, domain="defence",
    asks=("is_nato_member", "consistent_with_nato"),
)  # fmt: skip
def within_nato(case: Case) -> Iterable[Finding]:
    """For those who are members of it, what they do is consistent with commitments under NATO, which remains the
    foundation of their collective defence."""
    where = case.facts.truth("is_nato_member")
    if case.state:
        where = bound_of(case)
    yield requires(case, "42(7) NATO", "consistent_with_nato", where=where)


def bound_of(case: Case) -> Truth:
    """Whether the state of the case is a party to the North Atlantic Treaty on that day, as the record has it."""
    from indivisible.rules.base import bond

    return bond(case.record, "WASHINGTON_TREATY_1949", case.state, case.day).bound


OBLIGATIONS = (aid, within_charter, within_nato)
