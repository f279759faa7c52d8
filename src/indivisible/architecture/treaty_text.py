"""One treaty or political text as the record has it: its acts by State, its rules, its lists, when it was in force."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from indivisible.architecture.entry import (
    CLOSED,
    PENDING,
    EntryRule,
    Start,
    begun,
    derived,
    read_rule,
    stated,
)  # fmt: skip
from indivisible.architecture.standing import Roll, Standing
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Truth

SIGNING = frozenset({"signed", "agreed", "lisbon_protocol_signed", "signed_not_ratified", "succession_agreed"})
RATIFYING = frozenset({"ratified", "acceded", "approved", "accepted", "succeeded", "deposited"})
ENTERING = frozenset({"in_force", "rejoined"})
LEAVING = {
    "withdrawn": "withdrawn",
    "declared_not_bound": "withdrawn",
    "lapsed": "lapsed",
    "expired": "ended",
    "terminated": "ended",
    "superseded": "ended",
}
"""Acts that end a State's part in a treaty, with the status they leave behind."""
NEVER = frozenset({"never_joined", "never_ratified"})
LISTS = ("parties", "ratified", "signatories", "provisional")


class TreatyText:
    """A text of the record with its claims sorted by what they are for; read once, asked many times."""

    def __init__(self, record: Record, key: str) -> None:
        self.record = record
        self.key = key
        self.acts: dict[str, tuple[Claim, ...]] = {}
        for claim in record.claims(field="act", object=key):
            self.acts[claim.subject] = (*self.acts.get(claim.subject, ()), claim)
        self.about = {
            field: record.claims(subject=key, field=field)
            for field in ("kind", "binding", "adopted", "proposed", "ended", "list_complete", "parties_follow",
                          "entry_rule", "exit_notice", "suspension_clause", "position")
        }  # fmt: skip
        self.rules = tuple((claim, read_rule(claim)) for claim in self.about["entry_rule"])
        self.binding = next((claim.value for claim in self.about["binding"] if not claim.speaker), "legal")
        self.entered = self._entered()
        self._rolls: list[tuple[Claim, Roll]] | None = None
        self._entries: dict[str, tuple[Start, ...]] = {}

    def _entered(self) -> Start | None:
        stated_by_source = self.record.claims(subject=self.key, field="entered_into_force")
        if stated_by_source:
            return stated(min(stated_by_source, key=lambda claim: claim.span.from_earliest))
        acts = [c for claims in self.acts.values() for c in claims if c.value in ENTERING and not c.speaker]
        if acts:
            return stated(min(acts, key=lambda claim: claim.span.from_earliest))
        if any(rule.kind == "signature" for _, rule in self.rules) and self.about["adopted"]:
            first = stated(self.about["adopted"][0])
            return Start(first.first, first.last, first.text, True, first.claim)
        return None

    def in_force(self, day: int) -> Truth:
        """Whether the treaty as a whole was in force; a political text or a draft never is."""
        if self.binding != "legal" or self.adopted(day) is Truth.NO:
            return Truth.NO
        if self.entered is not None:
            return self.entered.begun(day) & ~self.ended(day)
        pending = any(rule.kind in PENDING for _, rule in self.rules)
        if pending or self.is_complete("parties", day) is Truth.YES:
            return Truth.NO
        return Truth.UNKNOWN

    def adopted(self, day: int) -> Truth:
        """Whether the text had been adopted, signed or (a draft) put forward."""
        claims = (*self.about["adopted"], *self.about["proposed"]) or self.about["kind"]
        return any_of(begun(claim.span, day) for claim in claims)

    def ended(self, day: int) -> Truth:
        """Whether the treaty as a whole had ended."""
        return any_of(begun(claim.span, day) for claim in self.about["ended"])

    def is_complete(self, name: str, day: int) -> Truth:
        """Whether a list (parties, ratified, signatories, provisional) is declared complete on the day."""
        if self.adopted(day) is Truth.NO or (self.binding != "legal" and name != "signatories"):
            return Truth.YES
        return any_of(claim.span.holds(day) for claim in self.about["list_complete"] if claim.value == name)

    def names_all(self, day: int) -> bool:
        """Whether a State without an act has no part in the text: its lists say so, or only signatories may join."""
        signatories = self.is_complete("signatories", day) is Truth.YES
        joined = any(self.is_complete(name, day) is Truth.YES for name in ("parties", "ratified"))
        return signatories and (joined or any(rule.kind in CLOSED for _, rule in self.rules))

    def acts_of(self, state: str) -> tuple[Claim, ...]:
        """Acts of a State towards the text; a continuator inherits those of the State whose identity it continues."""
        own = self.acts.get(state, ())
        for claim in self.record.claims(subject=state, field="predecessor", value="continuator"):
            before = [c for c in self.acts.get(claim.object, ()) if c.span.from_earliest < claim.span.from_latest]
            own = (*before, *own)
        return own

    def states(self) -> tuple[str, ...]:
        """Every State and organisation with an act, or with a role that makes it a party, alphabetical."""
        found = {subject for subject in self.acts if subject != self.key}
        for subject in tuple(found):
            heirs = self.record.claims(field="predecessor", object=subject, value="continuator")
            found.update(claim.subject for claim in heirs)
        for _, roll in self.rolls():
            found.update(roll.by_holder)
        return tuple(sorted(found))

    def rolls(self) -> list[tuple[Claim, Roll]]:
        """The membership rolls that the list of parties follows."""
        if self._rolls is None:
            self._rolls = [
                (claim, Roll(self.record, claim.object, roles=(claim.value,), layer="legal"))
                for claim in self.about["parties_follow"]
            ]
        return self._rolls

    def follows(self, state: str, day: int) -> Standing | None:
        """The standing of a State on the roll that the parties follow on the day, if they follow one."""
        found = [(claim, roll) for claim, roll in self.rolls() if claim.span.holds(day) is not Truth.NO]
        standings = [roll.on(state, day) for _, roll in found]
        for wanted in (Truth.YES, Truth.UNKNOWN, Truth.NO):
            for standing in standings:
                if standing.truth is wanted:
                    return standing
        return None

    def entries(self, state: str) -> tuple[Start, ...]:
        """When the treaty came into force for a State: what sources state, or else what the entry rule gives."""
        if state not in self._entries:
            self._entries[state] = tuple(sorted(self._find_entries(state), key=lambda start: start.first))
        return self._entries[state]

    def _find_entries(self, state: str) -> list[Start]:
        acts = [claim for claim in self.acts_of(state) if not claim.speaker]
        found = [stated(claim) for claim in acts if claim.value in ENTERING]
        if any(start.claim.value == "in_force" for start in found) or self.binding != "legal":
            return found
        for claim in acts:
            if claim.value in ("succession_agreed", "succeeded") and self._ran(claim):
                found.append(stated(claim))
        given = self._deposit(acts)
        if given is not None and not found:
            rule = self._rule_for(given)
            start = derived(rule, given, self.entered) if rule is not None else None
            found += [start] if start is not None else []
        return found

    def _ran(self, claim: Claim) -> bool:
        return self.in_force(claim.span.from_earliest) is Truth.YES

    def _deposit(self, acts: list[Claim]) -> Claim | None:
        """The act that the entry rule counts from: the deposit, else the first ratification, else a signature."""
        for words in ({"deposited"}, RATIFYING):
            chosen = [claim for claim in acts if claim.value in words]
            if chosen:
                return min(chosen, key=lambda claim: claim.span.from_earliest)
        if any(rule.kind == "signature" for _, rule in self.rules):
            signed = [claim for claim in acts if claim.value in SIGNING]
            return min(signed, key=lambda claim: claim.span.from_earliest) if signed else None
        return None

    def _rule_for(self, deposit: Claim) -> EntryRule | None:
        """The entry rule that held on the day of the deposit; without one, in force with the treaty itself."""
        for claim, rule in self.rules:
            if claim.span.holds(deposit.span.from_latest) is not Truth.NO:
                return rule
        return EntryRule("date", None, 0) if not self.rules else None


def any_of(truths: Iterable[Truth]) -> Truth:
    """The strong Kleene disjunction of truths: no of none."""
    result = Truth.NO
    for truth in truths:
        result = result | truth
    return result


@lru_cache(maxsize=1024)
def treaty_text(record: Record, key: str) -> TreatyText:
    """The text with this key, sorted once for each record."""
    return TreatyText(record, key)
