"""What the 1990 treaty counts: which item belongs to which category, and which items are left out of the count."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules.base import DECLARE, LIMIT, Case, Obligation, article
from indivisible.rules.facts import CHOICE, NUMBER, TRUTH, Fact, reaches, said
from indivisible.rules.finding import BROKEN, KEPT, NOT_APPLICABLE, UNKNOWN, Finding, all_kept, at_most, verdict_of
from indivisible.rules.treaties.cfe_counting import AIRCRAFT, ARTILLERY, HELICOPTERS, TANKS
from indivisible.values import Truth

APC, AIFV, HACV, NOT_COUNTED = "apc", "aifv", "hacv", "not_counted"
EXCEPTIONS = {
    "manufacture": "III(1)(A)", "research": "III(1)(B)", "historical": "III(1)(C)", "disposal": "III(1)(D)",
    "export": "III(1)(E)", "internal_security": "III(1)(F)", "transit": "III(1)(G)",
}  # fmt: skip
FACTS = (
    Fact("item_declared_as", CHOICE, "What the item is declared as.",
         choices=(TANKS, APC, AIFV, HACV, ARTILLERY, AIRCRAFT, HELICOPTERS, NOT_COUNTED)),
    Fact("item_weight", NUMBER, "Unladen weight.", "tonnes"),
    Fact("item_calibre", NUMBER, "Calibre of its main gun or weapon.", "mm"),
    Fact("item_gun_turns_fully", TRUTH, "Whether the gun turns through 360 degrees."),
    Fact("item_is_armoured_vehicle", TRUTH, "Whether it is a self-propelled armoured fighting vehicle."),
    Fact("item_carries_squad", TRUTH, "Whether it is built to transport an infantry squad."),
    Fact("item_indirect_fire", TRUTH, "Whether it engages ground targets primarily by indirect fire."),
    Fact("item_is_aircraft", TRUTH, "Whether it is an armed aircraft with fixed or swing wing, or a version of one."),
    Fact("item_primary_trainer", TRUTH, "Whether it is a primary trainer."),
    Fact("item_is_combat_helicopter", TRUTH, "Whether it is a helicopter armed or equipped to engage targets."),
    Fact("item_guided_weapons", TRUTH, "Whether it is equipped for guided weapons against armour, ground or air."),
    Fact("item_fire_control", TRUTH, "Whether it has an integrated fire control and aiming system for them."),
    Fact("left_out_as", CHOICE, "Under which exception items are left out of the count.", choices=tuple(EXCEPTIONS)),
    Fact("usual_practice", TRUTH, "Whether leaving them out agrees with the state's normal practice."),
    Fact("research_only", TRUTH, "Whether they serve research and development only."),
    Fact("decommissioned", TRUTH, "Whether they have been decommissioned under Article IX."),
    Fact("export_sites", NUMBER, "At how many declared sites items await export.", "sites"),
    Fact("security_force_item", CHOICE, "What an internal security organisation holds.",
         choices=(TANKS, APC, AIFV, HACV, ARTILLERY, AIRCRAFT, "specialised_attack_helicopters",
                  "multi_purpose_attack_helicopters")),
    Fact("transit_days", NUMBER, "Days in the area on the way from outside to outside.", "days"),
    Fact("decommissioned_sites", NUMBER, "Declared sites with decommissioned items.", "sites"),
    Fact("decommissioned_items", NUMBER, "Decommissioned items awaiting disposal.", "items"),
    Fact("decommissioned_ground", NUMBER, "Of these, tanks, armoured combat vehicles and artillery.", "items"),
    Fact("decommissioned_air", NUMBER, "Of these, combat aircraft and attack helicopters.", "items"),
    Fact("notified_holdings", NUMBER, "All notified holdings of limited items of the state.", "items"),
)  # fmt: skip
TANK_WEIGHT, TANK_CALIBRE = 16.5, 75
AIFV_CANNON = 20
HACV_WEIGHT, HACV_CALIBRE = 6.0, 75
ARTILLERY_CALIBRE = 100
ASKED_OF_VEHICLES = ("item_declared_as", "item_weight", "item_calibre", "item_gun_turns_fully",
                     "item_is_armoured_vehicle", "item_carries_squad")  # fmt: skip


def _is_tank(case: Case) -> Truth:
    facts = case.facts
    return (
        facts.truth("item_is_armoured_vehicle")
        & facts.truth("item_gun_turns_fully")
        & ~facts.truth("item_carries_squad")
        & reaches(facts.number("item_weight"), TANK_WEIGHT)
        & reaches(facts.number("item_calibre"), TANK_CALIBRE)
    )


def _defined(case: Case, number: str, what: str, matches: Truth, category: str) -> Finding:
    """Whether an item is declared as what the definition makes it."""
    declared = case.facts.text("item_declared_as")
    met = {Truth.YES: "meets", Truth.NO: "does not meet", Truth.UNKNOWN: "may or may not meet"}[matches]
    if declared is None:
        return Finding(number, UNKNOWN, f"The item {met} the definition of {what}; what it is declared as is not told.")
    agrees = matches if declared == category else ~matches
    text = f"The item {met} the definition of {what}, and is declared as {declared.replace('_', ' ')}."
    remedy = f"declare it as {category}" if agrees is Truth.NO and matches is Truth.YES else ""
    return Finding(number, verdict_of(agrees), text, remedy=remedy)


@article("II(1)(C)", "Battle tanks", kind=DECLARE, domain="arms_control", asks=ASKED_OF_VEHICLES)
def battle_tank(case: Case) -> Iterator[Finding]:
    """A battle tank is an armoured fighting vehicle of at least 16.5 tonnes unladen, with a gun of at least 75 mm that
    turns fully, and not built to transport troops."""
    yield _defined(case, "II(1)(C)", "a battle tank", _is_tank(case), TANKS)


@article("II(1)(D)", "Armoured combat vehicles", kind=DECLARE, domain="arms_control", asks=ASKED_OF_VEHICLES)
def armoured_combat_vehicle(case: Case) -> Iterator[Finding]:
    """An armoured vehicle for an infantry squad is a personnel carrier with a weapon below 20 mm and an infantry
    fighting vehicle from 20 mm on; of the others, one of at least 6 tonnes with a direct fire gun of at least 75 mm
    that is no battle tank is a heavy armament combat vehicle."""
    facts = case.facts
    carries = facts.truth("item_is_armoured_vehicle") & facts.truth("item_carries_squad")
    cannon = reaches(facts.number("item_calibre"), AIFV_CANNON)
    heavy = (
        facts.truth("item_is_armoured_vehicle")
        & ~facts.truth("item_carries_squad")
        & reaches(facts.number("item_weight"), HACV_WEIGHT)
        & reaches(facts.number("item_calibre"), HACV_CALIBRE)
        & ~_is_tank(case)
    )
    yield _defined(case, "II(1)(D) APC", "an armoured personnel carrier", carries & ~cannon, APC)
    yield _defined(case, "II(1)(D) AIFV", "an armoured infantry fighting vehicle", carries & cannon, AIFV)
    yield _defined(case, "II(1)(D) HACV", "a heavy armament combat vehicle", heavy, HACV)


@article("II(1)(F)", "Artillery", kind=DECLARE, domain="arms_control",
         asks=("item_declared_as", "item_calibre", "item_indirect_fire"))  # fmt: skip
def artillery_piece(case: Case) -> Iterator[Finding]:
    """Artillery is a gun, howitzer, mortar or multiple rocket launcher of 100 mm and above that engages ground targets
    primarily by indirect fire."""
    large = reaches(case.facts.number("item_calibre"), ARTILLERY_CALIBRE)
    yield _defined(case, "II(1)(F)", "artillery", large & case.facts.truth("item_indirect_fire"), ARTILLERY)


@article("II(1)(K)", "Combat aircraft", kind=DECLARE, domain="arms_control",
         asks=("item_declared_as", "item_is_aircraft", "item_primary_trainer"))  # fmt: skip
def combat_aircraft(case: Case) -> Iterator[Finding]:
    """A combat aircraft has a fixed or swing wing and is armed, or is a version of such an aircraft for other military
    work; primary trainers are none."""
    fits = case.facts.truth("item_is_aircraft") & ~case.facts.truth("item_primary_trainer")
    yield _defined(case, "II(1)(K)", "a combat aircraft", fits, AIRCRAFT)


@article("II(1)(M)", "Attack helicopters", kind=DECLARE, domain="arms_control",
         asks=("item_declared_as", "item_is_combat_helicopter", "item_guided_weapons",
               "item_fire_control"))  # fmt: skip
def attack_helicopter(case: Case) -> Iterator[Finding]:
    """An attack helicopter is a combat helicopter equipped for guided weapons and with an integrated fire control and
    aiming system for them."""
    facts = case.facts
    fits = (
        facts.truth("item_is_combat_helicopter") & facts.truth("item_guided_weapons") & facts.truth("item_fire_control")
    )
    yield _defined(case, "II(1)(M)", "an attack helicopter", fits, HELICOPTERS)


EXPORT_SITES, TRANSIT_DAYS = 10, 7
SECURITY_ITEMS = (APC, AIFV, HACV, "multi_purpose_attack_helicopters")


@article("III(1)", "What is left out of the count", kind=DECLARE, domain="arms_control",
         asks=("left_out_as", "usual_practice", "research_only", "decommissioned", "export_sites",
               "security_force_item", "transit_days"))  # fmt: skip
def counting_exceptions(case: Case) -> Iterator[Finding]:
    """All limited items in the area count, but for seven exceptions that agree with normal practice: in manufacture,
    for research only, historical collections, awaiting disposal, awaiting export at no more than ten declared sites,
    armoured combat vehicles and multi-purpose helicopters of internal security organisations, and in transit for at
    most seven days."""
    chosen = case.facts.text("left_out_as")
    facts = case.facts
    item = facts.text("security_force_item")
    met = {
        "manufacture": Truth.YES, "historical": Truth.YES,
        "research": facts.truth("research_only"),
        "disposal": facts.truth("decommissioned"),
        "export": ~reaches(facts.number("export_sites"), EXPORT_SITES, above=True),
        "internal_security": _among(item),
        "transit": ~reaches(facts.number("transit_days"), TRANSIT_DAYS, above=True),
    }  # fmt: skip
    for name, number in EXCEPTIONS.items():
        if chosen is None:
            yield Finding(number, UNKNOWN, "Under which exception items are left out is not told.")
        elif chosen != name:
            yield Finding(number, NOT_APPLICABLE, "No items are left out under this exception.")
        else:
            truth = met[name] & facts.truth("usual_practice")
            told = {Truth.YES: "may be left out", Truth.NO: "must be counted", Truth.UNKNOWN: "may have to be counted"}
            yield Finding(number, verdict_of(truth), f"Left out as {name.replace('_', ' ')}: the items {told[truth]}.")


def _among(item: str | None) -> Truth:
    if item is None:
        return Truth.UNKNOWN
    return Truth.YES if item in SECURITY_ITEMS else Truth.NO


DISPOSAL_SITES, DISPOSAL_ITEMS, DISPOSAL_GROUND, DISPOSAL_AIR, DISPOSAL_PERCENT = 8, 250, 200, 50, 1


@article("IX(1)", "Decommissioned items", kind=LIMIT, domain="arms_control", confidence="medium",
         asks=("decommissioned_sites", "decommissioned_items", "decommissioned_ground", "decommissioned_air",
               "notified_holdings"))  # fmt: skip
def decommissioning(case: Case) -> Iterator[Finding]:
    """Decommissioned items await disposal at no more than eight declared sites, and number no more than one percent of
    the notified holdings or 250, whichever is greater; of these at most 200 on the ground and 50 in the air."""
    facts = case.facts
    sites = facts.number("decommissioned_sites")
    verdict, margin = at_most(sites, DISPOSAL_SITES)
    yield Finding("IX(1)(A)", verdict, f"Sites: {said(sites)}, at most {DISPOSAL_SITES}.", DISPOSAL_SITES, sites,
                  "sites", margin=margin)  # fmt: skip
    items, held = facts.number("decommissioned_items"), facts.number("notified_holdings")
    low = DISPOSAL_ITEMS if held is None else max(DISPOSAL_ITEMS, held.low * DISPOSAL_PERCENT / 100)
    least, margin = at_most(items, low)
    if least == BROKEN and (held is None or (items is not None and items.low <= held.high * DISPOSAL_PERCENT / 100)):
        least, margin = UNKNOWN, None
    parts = [
        Finding("", *at_most(facts.number(name), limit)[:1], "")
        for name, limit in (("decommissioned_ground", DISPOSAL_GROUND), ("decommissioned_air", DISPOSAL_AIR))
    ]
    whole = all_kept([Finding("", least, ""), *parts])
    ground, air = (said(facts.number(f"decommissioned_{where}")) for where in ("ground", "air"))
    told = (
        f"Items: {said(items)}, of them {ground} on the ground and {air} in the air; at most {low:,.10g}, "
        f"{DISPOSAL_GROUND} and {DISPOSAL_AIR}."
    )
    yield Finding("IX(1)(B)", whole, told, low, items, "items", margin=margin if whole in (KEPT, least) else None)


OBLIGATIONS: tuple[Obligation, ...] = (
    battle_tank, armoured_combat_vehicle, artillery_piece, combat_aircraft, attack_helicopter, counting_exceptions,
    decommissioning,
)  # fmt: skip
