"""How one State stands towards one treaty on one day: bound or not, on the legal layer and in what it does.

The legal layer follows the acts that the treaty's own articles provide for. The participation layer follows what the
State does: a suspension without a clause leaves the first as it was and shows in the second, with the positions of
both sides beside it. An act that only its author asserts (it bears a speaker) decides nothing: `disputed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from indivisible.architecture.entry import Start, begun, stated
from indivisible.architecture.treaty_text import (
    ENTERING,
    LEAVING,
    NEVER,
    RATIFYING,
    SIGNING,
    TreatyText,
    any_of,
)  # fmt: skip
from indivisible.record.claim import Claim
from indivisible.values import Truth

ORDER = (
    "ended", "withdrawn", "lapsed", "disputed", "withdrawal_notified", "suspended", "in_force", "ratification_revoked",
    "provisionally_applied", "ratified_not_in_force", "adopted", "signed", "proposed", "none", "unknown",
)  # fmt: skip
"""Where several statuses hold, the first of this order is the status."""
_TOWARDS = re.compile(r"towards:([A-Z0-9_,]+)")


@dataclass(frozen=True, slots=True)
class Tie:
    """One State's standing: its statuses on both layers, and the truths that the lists of the treaty are made of."""

    status: str
    legal: tuple[str, ...]
    participation: tuple[str, ...]
    bound: Truth
    ratified: Truth
    signed: Truth
    provisional: Truth
    suspended: Truth
    adopted: Truth
    why: str | None = None  # undated | disputed | silent | past_coverage, where something is not known
    since: Start | None = None
    notice: Claim | None = None
    towards: tuple[tuple[str, str], ...] = ()


def tie(text: TreatyText, state: str, day: int) -> Tie:
    """The standing of a State towards a text on one day."""
    if day >= text.record.known_to:
        return _unknown("past_coverage")
    if not _exists(text, state, day) or text.adopted(day) is Truth.NO:
        return _nothing()
    if text.binding == "draft":
        return _draft_tie(text, state, day)
    if text.binding == "political":
        return _political_tie(text, state, day)
    return _Acts(text, state, day).tie()


def bound_on(text: TreatyText, state: str, day: int) -> Truth:
    """Whether the treaty bound the State on one day; the same as the `bound` of its tie, and cheaper."""
    if day >= text.record.known_to:
        return Truth.UNKNOWN
    if text.binding != "legal" or text.in_force(day) is Truth.NO or not _exists(text, state, day):
        return Truth.NO
    return _Acts(text, state, day).bound()[0]


def _nothing() -> Tie:
    no = Truth.NO
    return Tie("none", ("none",), ("none",), no, no, no, no, no, no)


def _unknown(why: str) -> Tie:
    un = Truth.UNKNOWN
    return Tie("unknown", ("unknown",), ("unknown",), un, un, un, un, un, un, why)


def _exists(text: TreatyText, state: str, day: int) -> bool:
    """Whether there was such a State; one that acted or sat before its independence (Ukraine, India) counts."""
    spans = [claim.span for claim in text.record.claims(subject=state, field="kind")]
    if not spans or any(span.holds(day) is not Truth.NO for span in spans):
        return True
    standing = text.follows(state, day)
    if standing is not None and (standing.truth is Truth.YES or standing.why in ("undated", "disputed")):
        return True
    if all(day >= span.to_latest for span in spans):
        return False
    return any(begun(claim.span, day) is not Truth.NO for claim in text.acts.get(state, ()))


def _draft_tie(text: TreatyText, state: str, day: int) -> Tie:
    """A draft is proposed by those who put it forward; nobody else has any part in it."""
    acts = [claim for claim in text.acts_of(state) if claim.value == "proposed"]
    if any_of(begun(claim.span, day) for claim in acts) is not Truth.YES:
        return _nothing()
    no = Truth.NO
    return Tie("proposed", ("proposed",), ("proposed",), no, no, no, no, no, no, since=stated(acts[0]))


def _political_tie(text: TreatyText, state: str, day: int) -> Tie:
    """A political text is adopted, never ratified: by an act of the State, or as one of the organisation's members."""
    acts = text.acts_of(state)
    own = [claim for claim in acts if claim.value in SIGNING | {"adopted"} and not claim.speaker]
    stops = [claim for claim in acts if claim.value == "non_participation"]
    start = min(map(stated, own), key=lambda s: s.first, default=None)
    if start is not None:
        adopted, why = start.begun(day), "undated"
    else:
        adopted, why = _by_roll(text, state, day)
        start = _later(next(map(stated, text.about["adopted"]), None), _role_start(text, state, day))
    if adopted is Truth.NO:
        return _nothing()
    if text.ended(day) is Truth.YES:  # another text has taken its place
        no = Truth.NO
        return Tie("ended", ("ended",), ("ended",), no, no, no, no, no, no, since=stated(text.about["ended"][0]))
    signed = any_of(begun(claim.span, day) for claim in acts if claim.value in SIGNING)
    stopped = any_of(begun(claim.span, day) for claim in stops)
    unsure = adopted is Truth.UNKNOWN or stopped is Truth.UNKNOWN
    says = "suspended" if stopped is Truth.YES else "unknown" if stopped is Truth.UNKNOWN else "adopted"
    known = adopted is Truth.YES
    no = Truth.NO
    return Tie(
        status="unknown" if unsure else says,
        legal=("adopted",) if known else ("unknown",),
        participation=(says,) if known else ("unknown",),
        bound=no, ratified=no, signed=signed, provisional=no, suspended=stopped, adopted=adopted,
        why=(why if adopted is Truth.UNKNOWN else "undated") if unsure else None,
        since=None if unsure else stated(stops[0]) if stopped is Truth.YES else start,
    )  # fmt: skip


def _role_start(text: TreatyText, state: str, day: int) -> Start | None:
    """From when the State has held the role that makes it a party."""
    standing = text.follows(state, day)
    claims = [c for c in standing.claims if c.begin and c.field == "role"] if standing else []
    return stated(claims[-1]) if claims else None


def _later(one: Start | None, other: Start | None) -> Start | None:
    found = [start for start in (one, other) if start is not None]
    return max(found, key=lambda start: start.first, default=None)


def _by_roll(text: TreatyText, state: str, day: int) -> tuple[Truth, str]:
    """Whether a State without an act of its own is in the text: by the roll its list follows, or by its lists."""
    standing = text.follows(state, day)
    if standing is not None and standing.truth is not Truth.UNKNOWN:
        return standing.truth, "undated"
    if standing is not None and standing.why != "silent":
        return Truth.UNKNOWN, standing.why or "undated"
    return (Truth.NO, "silent") if text.names_all(day) else (Truth.UNKNOWN, "silent")


class _Acts:
    """The acts of one State towards a treaty, weighed on one day."""

    def __init__(self, text: TreatyText, state: str, day: int) -> None:
        self.text, self.state, self.day = text, state, day
        every = text.acts_of(state)
        self.firm = [claim for claim in every if not claim.speaker]
        self.asserted = [claim for claim in every if claim.speaker]
        self.entries = text.entries(state)
        self.over = text.ended(day)
        self.exits = [claim for claim in self.firm if claim.value in LEAVING]

    def of(self, words: Iterable[str]) -> list[Claim]:
        wanted = set(words)
        return [claim for claim in self.firm if claim.value in wanted]

    def had(self, words: Iterable[str]) -> Truth:
        """Whether one of these acts had happened."""
        return any_of(begun(claim.span, self.day) for claim in self.of(words))

    def still(self, words: Iterable[str], until: Iterable[str]) -> Truth:
        """Whether one of these acts had happened and no later act of the second kind had."""
        stops = self.of(until)
        return any_of(
            begun(claim.span, self.day)
            & ~any_of(begun(s.span, self.day) for s in stops if s.span.from_latest >= claim.span.from_earliest)
            for claim in self.of(words)
        )

    def bound(self) -> tuple[Truth, str | None]:
        """Whether the treaty bound the State, and why that is not known."""
        truth, why = Truth.NO, None
        for start in self.entries:
            left = any_of(begun(e.span, self.day) for e in self.exits if e.span.from_latest >= start.first)
            truth = truth | (start.begun(self.day) & ~left)
        truth = truth & self.text.in_force(self.day)
        if self._disputed(truth):
            return Truth.UNKNOWN, "disputed"
        if truth is Truth.UNKNOWN:
            why = "undated"
        elif truth is Truth.NO and not self.entries:
            return self._bound_without_entry()
        return truth, why

    def _disputed(self, bound: Truth) -> bool:
        """Whether only its author asserts the exit of a party, or only one side that a State has joined."""
        left = any_of(begun(c.span, self.day) for c in self.asserted if c.value in LEAVING)
        joined = any_of(begun(c.span, self.day) for c in self.asserted if c.value in RATIFYING | ENTERING)
        return (left is not Truth.NO and bound is not Truth.NO) or (joined is not Truth.NO and not self.entries)

    def _bound_without_entry(self) -> tuple[Truth, str | None]:
        """No date of entry is known for this State: by the roll, by what the lists declare, or not known."""
        day, text = self.day, self.text
        if not self.firm:
            truth, why = _by_roll(text, self.state, day)
            truth = truth & text.in_force(day)
            return truth, why if truth is Truth.UNKNOWN else None
        if self.exits or self.had(NEVER) is Truth.YES or text.in_force(day) is Truth.NO:
            return Truth.NO, None
        if text.is_complete("parties", day) is Truth.YES or self.had(SIGNING | RATIFYING) is Truth.NO:
            return Truth.NO, None
        return Truth.UNKNOWN, "silent"

    def exit_truths(self) -> dict[str, Truth]:
        """Of each way out, whether the State has taken it and not come back."""
        found = {"ended": Truth.NO, "withdrawn": Truth.NO, "lapsed": Truth.NO}
        for claim in self.exits:
            back = any_of(s.begun(self.day) for s in self.entries if s.first > claim.span.from_earliest)
            status = LEAVING[claim.value]
            found[status] = found[status] | (begun(claim.span, self.day) & ~back)
        if self.over is not Truth.NO and self.had({claim.value for claim in self.firm} - NEVER) is Truth.YES:
            found["ended"] = found["ended"] | self.over
        return found

    def tie(self) -> Tie:
        """All of it together."""
        bound, why = self.bound()
        if bound is Truth.NO and not self.firm and not self.asserted:
            truth, silent = _by_roll(self.text, self.state, self.day)
            return replace(_unknown(silent), bound=bound) if truth is Truth.UNKNOWN else _nothing()
        exits = self.exit_truths()
        left = any_of(exits.values())
        gone = any_of((exits["withdrawn"], exits["lapsed"]))
        revoked = self.still({"withdrawn_ratification"}, RATIFYING)
        ratified = (self.had(RATIFYING) & ~revoked & ~gone) | bound
        signed = self.had(SIGNING) & ~gone
        provisional = self.still({"provisional_application"}, LEAVING) & ~bound & ~self.over
        notified = self.still({"withdrawal_notified"}, {"withdrawal_suspended", *LEAVING}) & ~self.over & ~left
        suspended = self.still({"suspended"}, {"resumed", "rejoined", *LEAVING}) & ~self.over
        legal: dict[str, Truth] = {**exits, "withdrawal_notified": notified, "in_force": bound}
        if bound is Truth.NO and left is Truth.NO:
            legal |= {
                "ratification_revoked": revoked,
                "provisionally_applied": provisional,
                "ratified_not_in_force": ratified,
                "signed": signed if ratified is not Truth.YES else Truth.NO,
            }
        if revoked is Truth.YES:
            legal["signed"] = signed
        return self._made(legal, suspended, bound, ratified, signed, provisional, why)

    def _made(
        self, legal: dict[str, Truth], suspended: Truth, bound: Truth, ratified: Truth, signed: Truth,
        provisional: Truth, why: str | None,
    ) -> Tie:  # fmt: skip
        sure = tuple(status for status in ORDER if legal.get(status, Truth.NO) is Truth.YES)
        open_ = [status for status, truth in legal.items() if truth is Truth.UNKNOWN]
        if why == "disputed":
            sure, open_ = ("disputed",), []
        elif bound is Truth.UNKNOWN and signed is Truth.YES and not sure:
            sure = ("signed",)
        clause = any(claim.value == "yes" for claim in self.text.about["suspension_clause"])
        done = tuple("suspended" if s == "in_force" and suspended is Truth.YES else s for s in sure)
        if suspended is Truth.UNKNOWN and "in_force" in sure:
            done, open_ = tuple("unknown" if s == "in_force" else s for s in sure), [*open_, "suspended"]
        if suspended is Truth.YES and clause and "in_force" in sure:
            sure = tuple(s for s in ORDER if s in (*sure, "suspended"))
        status, start = self._status(sure, done, open_)
        if status == "unknown" and why is None:
            why = "undated"
        if not sure:
            sure = done = ("unknown",) if status == "unknown" else ("none",)
        return Tie(
            status, sure, done, bound, ratified, signed, provisional, suspended & bound, Truth.NO,
            why if status in ("unknown", "disputed") else None, start, self._notice(), self._towards(suspended),
        )  # fmt: skip

    def _status(self, sure: tuple[str, ...], done: tuple[str, ...], open_: list[str]) -> tuple[str, Start | None]:
        held = [status for status in ORDER if status in (*sure, *done) and status != "unknown"]
        first = held[0] if held else "none"
        if any(ORDER.index(status) < ORDER.index(first) for status in open_):
            return "unknown", None
        return first, self._since(first)

    def _since(self, status: str) -> Start | None:
        """The act, or the date an entry rule gave, from which the status has held."""
        if status == "in_force":
            starts = [s for s in self.entries if s.begun(self.day) is Truth.YES]
            if starts:
                return starts[-1]
            return _later(self.text.entered, _role_start(self.text, self.state, self.day))
        if status == "ended":
            ends = [claim for claim in self.text.about["ended"] if begun(claim.span, self.day) is Truth.YES]
            ends += [c for c in self.exits if LEAVING[c.value] == "ended" and begun(c.span, self.day) is Truth.YES]
            return stated(ends[0]) if ends else None
        words = {
            "withdrawn": {"withdrawn", "declared_not_bound"},
            "lapsed": {"lapsed"},
            "withdrawal_notified": {"withdrawal_notified"},
            "suspended": {"suspended"},
            "ratification_revoked": {"withdrawn_ratification"},
            "provisionally_applied": {"provisional_application"},
            "ratified_not_in_force": RATIFYING - {"deposited"},
            "signed": SIGNING,
        }.get(status, set())
        if status == "disputed":
            found = [c for c in self.asserted if begun(c.span, self.day) is not Truth.NO]
            found = [c for c in found if c.value in LEAVING] or [c for c in found if c.value not in SIGNING]
        else:
            found = [c for c in self.of(words) if begun(c.span, self.day) is Truth.YES]
        chosen = min if status in ("signed", "ratified_not_in_force", "disputed") else max
        return stated(chosen(found, key=lambda c: c.span.from_earliest)) if found else None

    def _notice(self) -> Claim | None:
        """The latest notice of withdrawal that was not taken back."""
        notices = [c for c in self.of({"withdrawal_notified"}) if begun(c.span, self.day) is Truth.YES]
        taken = [c for c in self.of({"withdrawal_suspended", "rejoined"}) if begun(c.span, self.day) is Truth.YES]
        live = [n for n in notices if not any(t.span.from_earliest >= n.span.from_earliest for t in taken)]
        return max(live, key=lambda claim: claim.span.from_earliest) if live else None

    def _towards(self, suspended: Truth) -> tuple[tuple[str, str], ...]:
        """Parties towards which it has suspended part of the treaty, while it has not suspended or left the whole."""
        if suspended is not Truth.NO or any_of(self.exit_truths().values()) is not Truth.NO:
            return ()
        found: dict[str, str] = {}
        for claim in self.of({"partial_suspension"}):
            truth = begun(claim.span, self.day)
            if truth is Truth.NO:
                continue
            match = _TOWARDS.search(claim.note)
            for other in match.group(1).split(",") if match else ():
                says = "suspended" if truth is Truth.YES else "unknown"
                if found.get(other) != "suspended":
                    found[other] = says
        return tuple(sorted(found.items()))
