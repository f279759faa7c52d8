"""The Charter of the United Nations, 1945: no force, self-defence until the Council acts, and what the Council is told.

The use of force as a tree, with all its readings, is `indivisible force`; these are the same branches as articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indivisible.rules import force_branches as tree
from indivisible.rules.base import CONSENT, DEFEND, NOTIFY, PROHIBIT, SETTLE, Case, article
from indivisible.rules.facts import TRUTH, Fact, Facts, vocabulary
from indivisible.rules.finding import BROKEN, KEPT, NOT_APPLICABLE, UNKNOWN, Finding
from indivisible.rules.in_time import at_once
from indivisible.rules.parties import judged, lacking, when_owed
from indivisible.values import Truth

KEY = "UN_CHARTER_1945"
AUTHORITY = "legal"
FACTS = {
    **tree.FACTS,
    **vocabulary(
        Fact("dispute_endangers_peace", TRUTH, "Whether there is a dispute that is likely to endanger peace."),
        Fact("peaceful_means_sought", TRUTH, "Whether a solution by peaceful means was sought first."),
        Fact("council_decision", TRUTH, "Whether the Council decided, and did not only recommend."),
        Fact("under_chapter_vii", TRUTH, "Whether it decided under Chapter VII."),
        Fact("decision_carried_out", TRUTH, "Whether the state carries the decision out."),
        Fact("self_defence_claimed", TRUTH, "Whether self-defence is claimed."),
        Fact("regional_enforcement", TRUTH, "Whether a regional body acts against the will of the state concerned."),
        Fact(
            "council_acts_accepted", TRUTH, "Whether the state accepts that the Council acts on its behalf for peace."
        ),
        Fact("annual_report_made", TRUTH, "Whether the Council submitted its annual report to the General Assembly."),
        Fact(
            "prefers_other_obligation",
            TRUTH,
            "Whether the state keeps another agreement that conflicts with the Charter.",
        ),
    ),
}


@article(
    "2(3)", "Disputes are settled by peaceful means", kind=SETTLE, domain="defence",
    asks=("dispute_endangers_peace", "peaceful_means_sought"), source="Articles 2(3) and 33(1)",
)  # fmt: skip
def settle(case: Case) -> Iterable[Finding]:
    """Parties to a dispute whose continuance is likely to endanger peace first seek a solution by peaceful means."""
    if case.facts.truth("dispute_endangers_peace") is Truth.NO:
        yield Finding("2(3)", NOT_APPLICABLE, "There is no dispute that is likely to endanger peace.")
        return
    truth = when_owed(case.facts.truth("dispute_endangers_peace"), case.facts.truth("peaceful_means_sought"))
    yield judged(
        "2(3)", truth, kept="A solution by peaceful means was sought.", broken="No peaceful means were sought.",
        facts=case.facts, asked=settle.asks, remedy="seek one of the means of Article 33",
    )  # fmt: skip


@article(
    "2(4)", "No threat or use of force", kind=PROHIBIT, domain="defence", asks=tree.PROHIBITION.facts,
)  # fmt: skip
def no_force(case: Case) -> Iterable[Finding]:
    """A member does not threaten or use force against the territory or independence of a state, or in another way
    against the aims of the UN; the Council's authorisation, self-defence and the consent of the state are weighed as
    in the tree, and a ground counts here only where all readings of it agree."""
    ground = Truth.NO
    for branch in tree.GROUNDS:
        ground = ground | branch.answer(case.facts)
    for reading in tree.PROHIBITION.readings:
        applies = reading.answer(case.facts)
        found = judged(
            "2(4)", ~applies | ground, kept="The prohibition does not apply.",
            broken="It applies, and no ground holds.", facts=case.facts,
            asked=(fact for one in reading.conditions for fact in one.facts), reading=reading.name,
        )  # fmt: skip
        if found.verdict == KEPT and applies is not Truth.NO:
            found = replace(found, because="A ground holds on which all its readings agree.")
        if found.verdict == UNKNOWN and applies is Truth.YES:
            found = replace(
                found, because="It applies; whether a ground holds is not settled: see `indivisible force`."
            )
        yield found


@article("24(1)", "The Council acts for all members", kind=CONSENT, domain="defence", asks=("council_acts_accepted",))
def council_acts(case: Case) -> Iterable[Finding]:
    """Members confer on the Council the primary responsibility for peace and agree that it acts on their behalf."""
    yield judged(
        "24(1)", case.facts.truth("council_acts_accepted"), kept="It accepts that the Council acts on its behalf.",
        broken="It does not accept that the Council acts on its behalf.", facts=case.facts, asked=council_acts.asks,
    )  # fmt: skip


@article("24(3)", "The Council reports every year", kind=NOTIFY, domain="defence", asks=("annual_report_made",))
def annual_report(case: Case) -> Iterable[Finding]:
    """The Council submits annual and, when necessary, special reports to the General Assembly."""
    yield judged(
        "24(3)", case.facts.truth("annual_report_made"), kept="The report was submitted.",
        broken="The report was not submitted.", facts=case.facts, asked=annual_report.asks,
    )  # fmt: skip


@article(
    "25", "Decisions of the Council are carried out", kind=CONSENT, domain="defence",
    asks=("council_decision", "under_chapter_vii", "decision_carried_out"),
)  # fmt: skip
def decisions(case: Case) -> Iterable[Finding]:
    """Members accept and carry out the decisions of the Council. Whether only decisions under Chapter VII bind, or any
    that is worded as one (International Court of Justice, Namibia, 1971, paras 113 and 114), is read in two ways."""
    facts = case.facts
    binds = {
        "any decision by its wording": facts.truth("council_decision"),
        "only under Chapter VII": facts.truth("council_decision") & facts.truth("under_chapter_vii"),
    }
    for reading, binding in binds.items():
        if binding is Truth.NO:
            yield Finding("25", NOT_APPLICABLE, "There is no decision that binds, so read.", reading=reading)
            continue
        yield judged(
            "25", when_owed(binding, facts.truth("decision_carried_out")), kept="The decision is carried out.",
            broken="The decision is not carried out.", facts=facts, asked=decisions.asks, reading=reading,
        )  # fmt: skip


@article(
    "51", "Self-defence if an armed attack occurs", kind=DEFEND, domain="defence",
    asks=("self_defence_claimed", *tree.INDIVIDUAL.facts, "attack_on_another_state", "attacked_state_asked"),
)  # fmt: skip
def self_defence(case: Case) -> Iterable[Finding]:
    """Alone or together with others a member may defend itself if an armed attack occurs, until the Council has taken
    the necessary measures; necessity and proportion are asked by custom; one that is helped has asked for it."""
    if case.facts.truth("self_defence_claimed") is Truth.NO:
        yield Finding("51", NOT_APPLICABLE, "Self-defence is not claimed.")
        return
    for own, others in zip(tree.INDIVIDUAL.readings, tree.COLLECTIVE.readings, strict=True):
        truth = own.answer(case.facts) | others.answer(case.facts)
        failing = [one.words for one in own.failing(case.facts)]
        yield judged(
            "51", truth, kept="The conditions of self-defence hold.",
            broken=f"It is not so that {', nor that '.join(failing)}.", facts=case.facts,
            asked=(fact for one in (*own.conditions, *others.conditions) for fact in one.facts), reading=own.name,
        )  # fmt: skip


def reports(facts: Facts) -> Iterable[Finding]:
    """The reports that are owed to the Council: on self-defence, and on what a regional body does."""
    yield at_once(
        "51 report", "the Council was told of the measures of self-defence", facts.day("force_began_on"),
        facts.truth("reported_to_council"), facts.day("reported_to_council_on"),
    )  # fmt: skip
    yield judged(
        "54", facts.truth("council_kept_informed"), kept="The Council was kept informed.", facts=facts,
        broken="The Council was not kept informed.", asked=("council_kept_informed",), remedy="inform the Council",
    )  # fmt: skip


@article(
    "51 report", "Measures of self-defence are reported at once", kind=NOTIFY, domain="defence",
    asks=("self_defence_claimed", "force_began_on", "reported_to_council", "reported_to_council_on"),
    source="Article 51, second sentence",
)  # fmt: skip
def report(case: Case) -> Iterable[Finding]:
    """Measures taken in self-defence are reported to the Council at once. The text gives no number of days."""
    if case.facts.truth("self_defence_claimed") is Truth.NO:
        yield Finding("51 report", NOT_APPLICABLE, "Self-defence is not claimed.")
        return
    yield next(iter(reports(case.facts)))


@article(
    "53(1)", "No enforcement by regional bodies without the Council", kind=CONSENT, domain="defence",
    asks=("regional_enforcement", "regional_authorised_first", "regional_approved_later"),
)  # fmt: skip
def enforcement(case: Case) -> Iterable[Finding]:
    """A regional body takes enforcement action only with the Council's authorisation; read as one given before it, or
    as one that may follow."""
    facts = case.facts
    if facts.truth("regional_enforcement") is Truth.NO:
        yield Finding("53(1)", NOT_APPLICABLE, "No regional body acts against the will of the state concerned.")
        return
    first, second = tree.REGIONAL.readings
    granted = {
        first.name: facts.truth("regional_authorised_first"),
        second.name: facts.truth("regional_authorised_first") | facts.truth("regional_approved_later"),
    }
    for reading, truth in granted.items():
        yield judged(
            "53(1)", when_owed(facts.truth("regional_enforcement"), truth), kept="The Council authorised it, so read.",
            broken="The Council did not authorise it, so read.", facts=facts, asked=enforcement.asks, reading=reading,
        )  # fmt: skip


@article(
    "54",
    "The Council is kept informed by regional bodies",
    kind=NOTIFY,
    domain="defence",
    asks=("council_kept_informed",),
)
def informed(case: Case) -> Iterable[Finding]:
    """The Council is kept fully informed of what regional bodies do, or have in mind, for peace and security."""
    yield tuple(reports(case.facts))[-1]


@article("103", "The Charter comes first", kind=PROHIBIT, domain="defence", asks=("prefers_other_obligation",))
def charter_first(case: Case) -> Iterable[Finding]:
    """Where obligations under the Charter conflict with those under another agreement, those of the Charter prevail."""
    prefers = case.facts.truth("prefers_other_obligation")
    verdict = {Truth.YES: BROKEN, Truth.NO: KEPT, Truth.UNKNOWN: UNKNOWN}[prefers]
    told = {
        BROKEN: "Another agreement was put before the Charter.",
        KEPT: "No other agreement was put before the Charter.",
        UNKNOWN: f"Cannot be told.{lacking(case.facts, charter_first.asks)}",
    }
    yield Finding("103", verdict, told[verdict])


OBLIGATIONS = (
    settle, no_force, council_acts, annual_report, decisions, self_defence, report, enforcement, informed,
    charter_first,
)  # fmt: skip
