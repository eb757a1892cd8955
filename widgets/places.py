"""Where the window's resources lie: beside the packages, in the source tree as in an installation."""

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
