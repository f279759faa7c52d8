"""Where the tests find reference material that is not part of the project; what needs it skips with a reason."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def shared(name: str, variable: str) -> Path:
    """A folder of reference material beside the checkout, or the one named by an environment variable."""
    return Path(os.environ.get(variable, ROOT.parent / "shared" / name))
