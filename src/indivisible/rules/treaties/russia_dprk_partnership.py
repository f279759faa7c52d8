"""The treaty of Russia and the Democratic People's Republic of Korea on partnership, 2024: consultation and help."""

from __future__ import annotations

from collections.abc import Iterable

from indivisible.rules.base import CONSULT, DEFEND, PROHIBIT, Case, article
from indivisible.rules.conduct import requires
from indivisible.rules.facts import DAY, NAME, TRUTH, Fact, vocabulary
from indivisible.rules.finding import NOT_APPLICABLE, Finding
from indivisible.rules.in_time import at_once
from indivisible.rules.parties import ATTACKED, bound, itself, judged, when_owed
from indivisible.values import Truth

KEY = "RUS_PRK_PARTNERSHIP_2024"
AUTHORITY = "legal"
FACTS = vocabulary(
    Fact("threat_of_invasion", TRUTH, "Whether there is an immediate threat of armed invasion of a party."),
    Fact("threat_on", DAY, "Day of that threat."),
    Fact("consulted", TRUTH, "Whether the parties used their channels to consult."),
    Fact("consulted_on", DAY, "Day on which they did."),
    Fact("attacked", NAME, "Party that was invaded."),
    Fact("attacked_is_party", TRUTH, "Whether that state is a party, where it is not named."),
    Fact("armed_invasion", TRUTH, "Whether it was invaded by armed force of one or several states."),
    Fact("state_of_war", TRUTH, "Whether it is in a state of war because of that."),
    Fact("help_given", TRUTH, "Whether the other party gave military and other help by all means it has."),
    Fact("within_article_51", TRUTH, "Whether the help is in accordance with Article 51 of the UN Charter."),
    Fact("within_own_laws", TRUTH, "Whether it is in accordance with the laws of both parties."),
)


@article(
    "3", "Consultations on a threat of invasion", kind=CONSULT, domain="defence",
    asks=("threat_of_invasion", "threat_on", "consulted", "consulted_on"),
)  # fmt: skip
def consult(case: Case) -> Iterable[Finding]:
    """On an immediate threat of armed invasion of one of them the parties consult at once on steps to take."""
    facts = case.facts
    if facts.truth("threat_of_invasion") is Truth.NO:
        yield Finding("3", NOT_APPLICABLE, "There is no immediate threat of armed invasion.")
        return
    yield at_once(
        "3", "the parties consulted", facts.day("threat_on"), facts.truth("consulted"), facts.day("consulted_on")
    )


@article(
    "4", "Help after an armed invasion", kind=DEFEND, domain="defence", confidence="medium",
    asks=("attacked", "armed_invasion", "state_of_war", "help_given"),
)  # fmt: skip
def help_one_another(case: Case) -> Iterable[Finding]:
    """If a party is invaded by armed force of one or several states and is in a state of war, the other at once gives
    military and other help by all means it has. Whether a state of war must be declared, or follows from the invasion,
    is read in two ways."""
    facts = case.facts
    invaded = bound(case, KEY, "attacked", told="attacked_is_party") & facts.truth("armed_invasion")
    begun = {
        "a state of war beside the invasion": invaded & facts.truth("state_of_war"),
        "the invasion is the state of war": invaded,
    }
    for reading, owed in begun.items():
        if owed is Truth.NO or itself(case, "attacked"):
            told = ATTACKED if itself(case, "attacked") else "What the article begins with is not so."
            yield Finding("4", NOT_APPLICABLE, told, reading=reading)
            continue
        yield judged(
            "4", when_owed(owed, facts.truth("help_given")), kept="Help was given.",
            broken="Help was owed, and not given.", facts=facts, asked=help_one_another.asks,
            reading=reading, remedy="give help",
        )  # fmt: skip


@article(
    "4 conditions", "In accordance with Article 51 and both laws", kind=PROHIBIT, domain="defence",
    asks=("help_given", "within_article_51", "within_own_laws"), source="Article 4",
)  # fmt: skip
def conditions(case: Case) -> Iterable[Finding]:
    """The help is given in accordance with Article 51 of the UN Charter and with the laws of both parties."""
    where = case.facts.truth("help_given")
    yield requires(case, "4 conditions", "within_article_51", "within_own_laws", where=where)


OBLIGATIONS = (consult, help_one_another, conditions)
