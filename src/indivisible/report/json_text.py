"""Answers as JSON: floats with nine significant digits, null for unknown, never NaN or Infinity."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any


def to_json(value: Mapping[str, Any]) -> str:
    """The JSON text of an answer, indented, keys in the order given, ending with a newline."""
    return _written(value, "\n") + "\n"


def _written(value: Any, margin: str) -> str:
    """The text of a value whose lines begin at `margin`; `json` itself takes thrice as long as soon as it indents."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, float):
        return repr(float(f"{value:.9g}")) if math.isfinite(value) else "null"
    if value is None:
        return "null"
    if type(value) is int:
        return repr(value)
    inner = margin + " "
    if isinstance(value, (dict, Mapping)):
        lines = [f"{encode_basestring(str(key))}: {_written(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(lines)}{margin}}}" if lines else "{}"
    if isinstance(value, (list, tuple)):
        lines = [_written(item, inner) for item in value]
        return f"[{inner}{f',{inner}'.join(lines)}{margin}]" if lines else "[]"
    return json.dumps(value)


def rounded(value: Any) -> Any:
    """The value with every float at nine significant digits and every NaN or infinity as None."""
    if isinstance(value, float):
        return float(f"{value:.9g}") if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item) for item in value]
    return value
