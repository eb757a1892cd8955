"""The program's core in a process of its own, killed with signal 9 and started again: the same state, and nobody called twice."""

import json
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).resolve().parent.parent.parent / "benchmarks" / "kill9.py"


def test_killed_at_random_moments_it_ends_in_the_same_durable_state():
    words = [sys.executable, str(BENCHMARK), "--rounds", "1", "--kills", "2", "--seed", "7"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert (told["differing"], told["kills"], told["calls"]) == ([], 2, 7)
