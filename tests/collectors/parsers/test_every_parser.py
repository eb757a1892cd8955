"""Every parser on mutated inputs: the short form of `./run bench fuzz-parsers`."""

from pathlib import Path

import pytest

from benchmarks.fuzz_parsers import SAMPLES, fuzz, samples
from collectors.parsers.registry import PARSERS

INPUTS = 2_000
LIMIT_S = 0.4
"""Four times what the benchmark allows: a test shares its processor."""


def test_every_parser_has_a_sample_that_it_reads():
    assert set(SAMPLES) == set(PARSERS)
    assert all(not PARSERS[name].parse(texts[0]).problem for name, texts in SAMPLES.items())


def test_no_mutated_input_raises_or_takes_long():
    tally = fuzz(SAMPLES, seed=7, first=0, count=INPUTS, limit=LIMIT_S)
    assert tally.wrong == []
    assert tally.inputs == INPUTS


@pytest.mark.recordings
def test_no_mutated_recording_raises_or_takes_long(recordings: Path):
    assert fuzz(samples(recordings), seed=8, first=0, count=INPUTS, limit=LIMIT_S).wrong == []


def test_a_bomb_of_entities_is_refused_at_once():
    assert PARSERS["nvidia-smi-xml"].parse(SAMPLES["nvidia-smi-xml"][1]).problem == "forbidden-xml"
