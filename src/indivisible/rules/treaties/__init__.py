"""The texts made executable, listed by hand; each is one module of the shape that `rules.base.Treaty` describes."""

from __future__ import annotations

from indivisible.rules.base import Treaty
from indivisible.rules.treaties import (
    belarus_russia_guarantees,
    budapest_memorandum,
    budapest_memorandum_belarus,
    budapest_memorandum_kazakhstan,
    cfe_1990,
    cfe_adapted_1999,
    cfe_flank_1996,
    collective_security_treaty,
    csto_charter,
    eu_mutual_assistance,
    founding_act,
    russia_dprk_partnership,
    un_charter,
    union_state,
    washington_treaty,
)

TREATIES: tuple[Treaty, ...] = (
    cfe_1990,
    cfe_flank_1996,
    cfe_adapted_1999,
    un_charter,
    collective_security_treaty,
    csto_charter,
    washington_treaty,
    eu_mutual_assistance,
    union_state,
    belarus_russia_guarantees,
    russia_dprk_partnership,
    founding_act,
    budapest_memorandum,
    budapest_memorandum_belarus,
    budapest_memorandum_kazakhstan,
)
