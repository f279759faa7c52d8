"""The rival models as the page shows them: every constant with its default, its range and who says so."""

from __future__ import annotations

import math
from typing import Any

from indivisible.record.record import Record


def models(record: Record) -> dict[str, Any]:
    """The JSON shape models/1."""
    from indivisible.models import MODELS

    listed = [
        {
            "model": model.name, "scale": model.scale, "reads": sorted(model.reads), "needs": list(model.needs),
            "by_default": not model.needs,
            "outputs": [f"{model.name}/{choice}" for parameter in model.parameters.values() if parameter.side_by_side
                        for choice in parameter.choices] or [model.name],
            "about": (model.__doc__ or "").strip().split("\n\n")[0].replace("\n", " "),
            "parameters": [_parameter(model.name, one) for one in model.parameters.values()],
        }
        for model in MODELS
    ]  # fmt: skip
    says = f"{len(listed)} rival models; none is right, nothing is averaged across them, and higher is safer."
    return {"schema": "models/1", "sentence": says, "models": listed, "record": record.digest}


def _parameter(model: str, one: Any) -> dict[str, Any]:
    kind = "choice" if one.choices else "switch" if isinstance(one.default, bool) else "number"
    return {
        "key": f"{model}.{one.name}", "name": one.name, "kind": kind, "default": one.default, "unit": one.unit or None,
        "low": one.low, "high": one.high, "least": one.least if kind == "number" else None,
        "least_allowed": one.least_allowed, "most": one.most if kind == "number" and math.isfinite(one.most) else None,
        "optional": one.optional, "choices": list(one.choices), "side_by_side": one.side_by_side,
        "meaning": one.meaning, "source": one.source,
    }  # fmt: skip
