"""Is the network of pledges of a day stable against attack, new pledges and idle ones: war-stability by the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indivisible import __version__
from indivisible.architecture.change import Change
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.assess.assess import chosen_settings, sources_of, states_among
from indivisible.assess.comparison import BECKLEY, compare
from indivisible.assess.stability_report import Stability
from indivisible.assess.stability_trade import DATASET, PARAMETERS, trade_on
from indivisible.errors import QuestionError
from indivisible.models import deterrence
from indivisible.models.base import Value, settle
from indivisible.models.war_stability import war_stability
from indivisible.record.record import Record
from indivisible.values import iso

AS_IT_IS = Change("as it is", "The architecture as it is", "", (), ())


def stability(
    record: Record,
    *,
    on: str,
    settings: Mapping[str, Value] | None = None,
    power: str = BECKLEY,
    among: Sequence[str] | str | None = None,
    trade: bool = False,
    outside: Outside = NOTHING,
) -> Stability:
    """S1 to S3 of the network of a day, by the constants of `deterrence`.

    `settings` by `deterrence.parameter`, and `trade.cost` with `trade`, which counts what a pledge carries. `among`:
    states or organisations to report on; all states still act. Raises UnknownName, QuestionError, MissingData.
    """
    given = dict(settings or {})
    of_trade = {name.partition(".")[2]: given.pop(name) for name in list(given) if name.startswith("trade.")}
    if of_trade and not trade:
        raise QuestionError("a constant of trade says nothing where trade is not counted", do="add --trade")
    ((_, chosen),) = chosen_settings((deterrence,), given)
    cost = settle("trade", PARAMETERS, of_trade)
    comparison = compare(record, AS_IT_IS, on=on, power=power, outside=outside)
    arrays, day = comparison.arrays_before, comparison.before.day
    exchanged = trade_on(record, day, arrays.states, cost) if trade else None
    found = war_stability(arrays, chosen, gains=None if exchanged is None else exchanged.gains)
    sources = sources_of(comparison, (deterrence,))
    versions = dict(outside.versions) if power != BECKLEY else {}  # what is imported and was used
    versions |= {} if exchanged is None else {DATASET: exchanged.version}
    return Stability(
        on=iso(day),
        record=record.digest,
        version=__version__,
        power=power,
        parameters=chosen.values,
        assumes=deterrence.assumes(chosen),
        found=found,
        trade=exchanged,
        among=states_among(comparison, among),
        names={state: record.name_of(state) for state in arrays.states},
        source_keys=sources,
        recalled=tuple(key for key in sources if record.recalled((key,))),
        data=versions,
    )
