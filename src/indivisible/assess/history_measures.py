"""What a history can show of every year: the measures by name, their columns, and what each can and cannot say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from indivisible.errors import QuestionError


@dataclass(frozen=True, slots=True)
class YearMeasure:
    """One measure: its columns, whether a model gives it, which series of the panels it is otherwise, and its limits.

    `says` and `cannot` are whole clauses that follow "it is" and "it cannot say".
    """

    name: str
    columns: tuple[str, ...]
    of_model: bool
    says: str
    cannot: str
    panel: str = ""
    panel_columns: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()  # which the panels need for it
    drawn: tuple[tuple[str, ...], ...] = ()  # which columns share a drawing; none: all of them

    @property
    def drawings(self) -> tuple[tuple[str, ...], ...]:
        """The columns of each drawing."""
        return self.drawn or (self.columns,)


_LISTED = (
    YearMeasure(
        "indivisibility", ("indivisibility", "indivisibility_of_pairs"), True,
        "the share of gains in all that one per cent of each state's power does to the security of others, and the "
        "share of pairs of states that gain",
        "what states do with their power; in a model where only ratios of power count it hardly exceeds one half, so "
        "that years may be compared with one another but not with 1",
    ),
    YearMeasure(
        "pledges", ("pledge_indivisibility", "pledge_indivisibility_of_pairs"), True,
        "the same of what a mutual defence pledge between any two states does to third states",
        "which pledges are likely: every pair of states counts alike; a model in which no pledge of others can ever "
        "help a third state shows 0 in every year, which is its assumption and no finding",
    ),
    YearMeasure(
        "spread",
        ("gini_absolute", "variance", "gini_absolute_by_people", "variance_by_people", "people_not_known", "worst"),
        True,
        "how far apart the scores of states are: half the mean distance of two, the variance, both also with every "
        "state weighted by its people (those whose people are not known left out and counted), and who has the lowest "
        "score; a score known only as an interval stands in its middle",
        "whether all became safer or less safe, since only distances count; nor anything of differences inside states",
        drawn=(("gini_absolute", "gini_absolute_by_people"), ("variance", "variance_by_people")),
    ),
    YearMeasure(
        "vulnerable", ("vulnerable",), True,
        "the number of states that a coalition able to attack them would overcome, as the model reckons it",
        "that anybody means to: who can and may attack counts as if it would",
    ),
    YearMeasure(
        "coverage", ("covered", "covered_share"), False,
        "the number and share of states that at least one other is pledged to defend",
        "whether the pledge would be kept, nor against whom it is given",
        drawn=(("covered_share",),),
    ),
    YearMeasure(
        "concentration", ("con",), False,
        "how far capabilities are concentrated among the major powers (0: all alike, 1: one has all)",
        "how they would be used; who is a major power is the publisher's judgement",
        "con", ("con",), ("cow_majors", "nmc"),
    ),
    YearMeasure(
        "polarity", ("poles", "clustered"), False,
        "the number of groups of major powers bound to defend one another, and how far they are from standing alone",
        "how strong the poles are, nor how firm",
        "poles", ("poles", "clustered"), ("atop_directed", "cow_majors", "nmc"), (("poles",), ("clustered",)),
    ),
    YearMeasure(
        "balance", ("line_balance", "triangle_balance"), False,
        "how far allies and states in dispute could be parted into two camps (1: wholly), by ties in the way and by "
        "triangles",
        "whether a balanced world is a safer one",
        "frustration", ("F", "T"), ("atop_directed", "gml_disputes"),
    ),
)  # fmt: skip

YEAR_MEASURES: Mapping[str, YearMeasure] = {one.name: one for one in _LISTED}


def chosen_measures(names: Sequence[str] | None) -> tuple[YearMeasure, ...]:
    """The measures named, in the order of the list; all where none is named. QuestionError with near names."""
    for name in names or ():
        if name not in YEAR_MEASURES:
            near = ", ".join(get_close_matches(name, YEAR_MEASURES, n=3) or YEAR_MEASURES)
            raise QuestionError(f"a history has no measure called {name!r}", do=f"use: {near}")
    return tuple(one for one in _LISTED if not names or one.name in names)
