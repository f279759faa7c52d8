"""A record opened for questions: the same answers in Python that the command line prints."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from indivisible.apps.council_desk import CouncilDesk
from indivisible.apps.model_desk import ModelDesk
from indivisible.apps.question import Assessed, Question
from indivisible.apps.rule_desk import RuleDesk
from indivisible.architecture.members import Members, members
from indivisible.record.listing import listing
from indivisible.record.load import load as load_record
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.report.answer import Answer

if TYPE_CHECKING:
    pass


class Desk:
    """The record that ships (and overlays), ready to be asked. Every method answers as the command of that name.

    What is asked of the models themselves stands under `models` (`desk.models.stability(...)`), of councils and votes
    under `councils`, of treaties as rules under `rules`.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.models = ModelDesk(record)
        self.councils = CouncilDesk(record)
        self.rules = RuleDesk(record)

    def _answer(self, answer: Answer) -> Question:
        return Question(answer, self.record)

    def list(self, what: str, *, grep: str = "") -> Question:
        """Entities of a kind, shipped changes, models or sources."""
        return self._answer(catalogue(self.record, what, grep=grep))

    def members(self, organization: str, *, on: str, role: str = "full", layer: str = "legal") -> Question:
        """Who held a role in an organisation on a day, month or year."""
        return self._answer(members(self.record, organization, on=on, role=role, layer=layer))

    def treaty(self, name: str, *, on: str, state: str | None = None) -> Question:
        """The status of a treaty, for one state or as a whole."""
        from indivisible.architecture.treaties import treaty

        return self._answer(treaty(self.record, name, on=on, state=state))

    def state(self, name: str, *, on: str) -> Question:
        """All that the record says of one state on one day."""
        from indivisible.architecture.state import state

        return self._answer(state(self.record, name, on=on))

    def timeline(self, name: str) -> Question:
        """Every dated turn in the life of a state, organisation, treaty or text."""
        from indivisible.architecture.timeline import timeline

        return self._answer(timeline(self.record, name))

    def diff(self, first: str, second: str, *, about: str | None = None) -> Question:
        """What began and what ended between two days."""
        from indivisible.architecture.difference import difference

        return self._answer(difference(self.record, first, second, about=about))

    def why_members(
        self, organization: str, state: str, *, on: str, role: str = "full", layer: str = "legal"
    ) -> Question:
        """The claims for and against a membership."""
        from indivisible.report.why import why_members

        return self._answer(why_members(self.record, organization, state, on=on, role=role, layer=layer))

    def assess(self, change: str, **chosen: Any) -> Assessed:
        """What a change does to every state, as each model sees it.

        `chosen`: on, after, models, among, settings, power, hostility, materiality, draws, seed, workers, attribute,
        progress.
        """
        from indivisible.apps.assessing import run

        return Assessed(run(self.record, change, **chosen), self.record)

    def verify(self, path: str | os.PathLike[str], **chosen: Any) -> Question:
        """Compute a saved run again and say whether the answer is the same; `chosen`: workers, progress."""
        from indivisible.apps.assessing import verify

        return self._answer(verify(self.record, path, **chosen))

    def compare(self, first: str | os.PathLike[str], second: str | os.PathLike[str]) -> Question:
        """Two saved runs side by side."""
        from indivisible.apps.assessing import compare

        return self._answer(compare(first, second))

    def why_assess(self, change: str, state: str, **chosen: Any) -> Question:
        """From a score to the pledges and figures it was made from."""
        from indivisible.apps.assessing import why

        return self._answer(why(self.record, change, state, **chosen))

    def design(self, case: str, **chosen: Any) -> Question:
        """Packages of steps that leave nobody worse off.

        `chosen`: models, settings, materiality, power, hostility, workers, engine, checkpoint, save, progress.
        """
        from indivisible.apps.designing import run

        return self._answer(run(self.record, case, **chosen))

    def vacuum(self, *, on: str, **chosen: Any) -> Question:
        """Which pairs of states have no duty to each other on a day, by domain, and what would close most of it.

        `chosen`: among, binding, with_universal, domains, pairs, disputes, carry_sea, layer, top.
        """
        from indivisible.assess.vacuum import vacuum
        from indivisible.report.vacuum_text import VacuumAnswer

        return self._answer(VacuumAnswer(vacuum(self.record, on=on, **chosen), self.record))

    def check(self) -> Question:
        """Whether the record keeps its own rules."""
        from indivisible.record.check import check

        return self._answer(check(self.record))


def catalogue(record: Record, what: str, *, grep: str = "") -> Table:
    """What is listed: entities and sources from the record, changes and models from the program."""
    if what == "models":
        from indivisible.apps.assessing import list_models

        return list_models(record, grep)
    if what == "changes":
        from indivisible.apps.assessing import list_changes

        return list_changes(record, grep)
    return listing(record, what, grep=grep)


def load(*, overlays: Sequence[str | os.PathLike[str]] = (), faulty_overlays: bool = False) -> Desk:
    """Open the record that ships, with overlay folders laid over it.

    An overlay that breaks a rule of the record raises RecordError, unless `faulty_overlays`: to let `check` list all.
    """
    return Desk(load_record(overlays=overlays, faulty_overlays=faulty_overlays))


__all__ = ["Desk", "Members", "Question", "load"]
