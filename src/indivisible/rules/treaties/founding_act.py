"""The Founding Act of NATO and Russia, 1997: nuclear weapons and substantial combat forces on new members' territory.

A political text. "Substantial" is defined in none of its parts: without a reading there is no finding on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indivisible.architecture.members import is_member
from indivisible.rules.base import CONSULT, LIMIT, PROHIBIT, Case, article
from indivisible.rules.conduct import forbids, requires
from indivisible.rules.facts import NAME, NUMBER, TRUTH, Fact, reaches, vocabulary
from indivisible.rules.finding import KEPT, NOT_APPLICABLE, UNKNOWN, Finding
from indivisible.rules.parties import judged, lacking, state_named, when_owed
from indivisible.values import Estimate, Truth, day_of

KEY = "NATO_RUSSIA_FOUNDING_ACT_1997"
AUTHORITY = "political"
ORGANIZATION = "NATO"
SIGNED = day_of("1997-05-27")
A_BRIGADE = (
    1  # Russia's draft of 2009 counted by brigades; W. Alberque, Substantial Combat Forces, NDC 2016; not re-seen
)
IN_THAT_ENVIRONMENT = "holds only in the environment foreseen"
FACTS = vocabulary(
    Fact("host", NAME, "State on whose territory the weapons or forces are."),
    Fact("host_is_new_member", TRUTH, "Whether it joined NATO after the Act, where it is not named."),
    Fact("nuclear_weapons_deployed", TRUTH, "Whether nuclear weapons are deployed there."),
    Fact("nuclear_storage_built", TRUTH, "Whether storage sites for them are built or adapted there."),
    Fact("brigades", NUMBER, "Foreign combat forces there, in brigades.", unit="brigades"),
    Fact("permanent", TRUTH, "Whether the same units are stationed there permanently."),
    Fact("in_rotation", TRUTH, "Whether units follow one another there without end."),
    Fact("environment_as_foreseen", TRUTH, "Whether the security environment is the one that was foreseen in 1997."),
    Fact("council_consulted", TRUTH, "Whether the joint council consulted on a question that either side raised."),
    Fact("question_raised", TRUTH, "Whether either side raised a question of common interest."),
    Fact("force_or_threat", TRUTH, "Whether the state used or threatened force against another signatory or a state."),
)


def on_new_member(case: Case) -> Truth:
    """Whether the host is a member of NATO on the day that was none when the Act was signed, as the record has it."""
    host = state_named(case, "host")
    if host is None:
        return case.facts.truth("host_is_new_member")
    now = is_member(case.record, host, ORGANIZATION, case.day).truth
    return now & ~is_member(case.record, host, ORGANIZATION, SIGNED).truth


@article("I", "No force against one another or others", kind=PROHIBIT, domain="defence", asks=("force_or_threat",))
def no_force(case: Case) -> Iterable[Finding]:
    """The signatories refrain from the threat and use of force against each other and against any other state."""
    yield forbids(case, "I", "force_or_threat")


@article(
    "II", "The joint council consults", kind=CONSULT, domain="defence", asks=("question_raised", "council_consulted")
)
def consult(case: Case) -> Iterable[Finding]:
    """The Permanent Joint Council, from 2002 the NATO-Russia Council, is where both sides consult."""
    yield requires(case, "II", "council_consulted", remedy="consult", where=case.facts.truth("question_raised"))


@article(
    "IV nuclear", "No nuclear weapons on new members' territory", kind=LIMIT, domain="nuclear",
    asks=("host", "nuclear_weapons_deployed", "nuclear_storage_built"),
)  # fmt: skip
def nuclear(case: Case) -> Iterable[Finding]:
    """NATO's members have no intention, plan or reason to deploy nuclear weapons on the territory of new members, or
    to build or adapt storage sites for them there."""
    new = on_new_member(case)
    if new is Truth.NO:
        yield Finding("IV nuclear", NOT_APPLICABLE, "The host is no member that joined after the Act.")
        return
    done = case.facts.truth("nuclear_weapons_deployed") | case.facts.truth("nuclear_storage_built")
    yield judged(
        "IV nuclear", when_owed(new, ~done), kept="No nuclear weapons are deployed, and no sites built for them.",
        broken="Nuclear weapons are deployed, or sites for them built, on a new member's territory.", facts=case.facts,
        asked=nuclear.asks, remedy="remove the weapons or sites",
    )  # fmt: skip


@article(
    "IV combat forces", "No additional permanent stationing of substantial combat forces", kind=LIMIT,
    domain="arms_control", asks=("host", "brigades", "permanent", "in_rotation", "environment_as_foreseen"),
)  # fmt: skip
def combat_forces(case: Case) -> Iterable[Finding]:
    """In the current and foreseeable security environment NATO ensures defence by interoperability, integration and
    reinforcement, rather than by additional permanent stationing of substantial combat forces. How much is substantial,
    whether units that follow one another are stationed permanently, and whether the sentence still holds when the
    environment has changed, the text does not say; each reading here settles those points in its own way."""
    facts, new = case.facts, on_new_member(case)
    if new is Truth.NO:
        yield Finding("IV combat forces", NOT_APPLICABLE, "The host is no member that joined after the Act.")
        return
    brigades = facts.number("brigades")
    any_at_all = reaches(brigades, 0, above=True)
    lasting = facts.truth("permanent") | facts.truth("in_rotation")
    yield _without_reading(case, any_at_all, brigades)
    readings = {
        "any lasting presence is substantial": any_at_all & lasting,
        "a brigade is substantial, rotation is not permanent": reaches(brigades, A_BRIGADE) & facts.truth("permanent"),
        "a brigade is substantial, rotation without end is permanent": reaches(brigades, A_BRIGADE) & lasting,
        IN_THAT_ENVIRONMENT:
            any_at_all & lasting & facts.truth("environment_as_foreseen") & _substantial(any_at_all),
    }  # fmt: skip
    for reading, done in readings.items():
        found = judged(
            "IV combat forces", when_owed(new, ~done), kept="Not beyond the sentence, so read.",
            broken="Beyond the sentence, so read.", facts=facts, asked=("host", "brigades", "permanent", "in_rotation"),
            reading=reading, remedy="reduce below the measure of this reading",
        )  # fmt: skip
        if found.verdict == UNKNOWN and reading == IN_THAT_ENVIRONMENT:
            told = f"{found.because} How much is substantial, and whether the environment is that one, decide."
            found = replace(found, because=told)
        yield replace(found, value=brigades, unit="brigades", confidence="medium", limit=_measure(reading))


def _substantial(any_at_all: Truth) -> Truth:
    """How much is substantial is open in the reading that turns on the environment; nothing at all is not."""
    return Truth.NO if any_at_all is Truth.NO else Truth.UNKNOWN


def _measure(reading: str) -> float | None:
    return A_BRIGADE if reading.startswith("a brigade") else None


def _without_reading(case: Case, any_at_all: Truth, brigades: Estimate | None) -> Finding:
    found = Finding("IV combat forces", UNKNOWN, "", value=brigades, unit="brigades")
    if any_at_all is Truth.NO:
        return replace(found, verdict=KEPT, because="There are no foreign combat forces.")
    told = "The text does not say how much is substantial: without a reading there is no finding."
    return replace(found, because=f"{told}{lacking(case.facts, ('host', 'brigades', 'permanent'))}")


OBLIGATIONS = (no_force, consult, nuclear, combat_forces)
