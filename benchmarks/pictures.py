"""The pictures of the documents, made by the program itself: the demo fleet some minutes after its cooler has failed.

    ./run bench pictures [--after 330] [--into docs/pictures]

Makes `main-incident-dark.png` (1920 × 1080) and `alarms-light.png`, `map-light.png`, `thermal-light.png`, `timeline-light.png`,
`device-light.png` (1280 × 800), and prints their sizes in bytes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIGHT = ("alarms", "map", "thermal", "timeline", "device")
MOST_BYTES = 400 * 1024


def main() -> int:
    """Run both windows beside each other, keep their pictures; 1 if one is missing or too large."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--after", type=float, default=330.0, help="seconds; the cooler fails some 30 s after the start")
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "pictures")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        dark, light = Path(folder) / "dark", Path(folder) / "light"
        runs = [started(dark, "dark", "1920x1080", args.after), started(light, "light", "1280x800", args.after)]
        ended = [run.wait() for run in runs]
        if any(ended):
            return 1
        wanted = {"main-incident-dark": dark / "alarms.png", **{f"{view}-light": light / f"{view}.png" for view in LIGHT}}
        args.into.mkdir(parents=True, exist_ok=True)
        sizes = {name: packed(picture, args.into / f"{name}.png") for name, picture in wanted.items()}
    print(json.dumps(sizes, indent=1))
    return int(max(sizes.values()) > MOST_BYTES)


def started(folder: Path, theme: str, size: str, seconds: float) -> subprocess.Popen:
    """The demo in its own process and with its own settings, drawn in memory."""
    words = ["demo", "--scenario", "cooler-failure", "--for", str(seconds), "--theme", theme, "--size", size]
    words += ["--screenshots", str(folder), "--data", str(folder / "data")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "NOC_CONSOLE_HOME": str(folder / "home")}
    return subprocess.Popen([sys.executable, str(ROOT / "main.py"), *words], env=environment)


def packed(picture: Path, into: Path) -> int:
    """Copy a picture, packed as tightly as PNG can; gives its size in bytes."""
    from PySide6.QtGui import QImage

    image = QImage(str(picture))
    if image.isNull() or not image.convertToFormat(QImage.Format.Format_RGB888).save(str(into), "PNG", 0):
        raise SystemExit(f"{picture} could not be read, or {into} not be written")
    return into.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
