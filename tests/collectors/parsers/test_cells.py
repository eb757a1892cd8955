import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.parsers.cells import given as given_cell
from collectors.parsers.cells import number, pci_bus_id, refusal, yes_or_no


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("41 C", 41),
        ("68.92 W", 68.92),
        ("-8 C", -8),
        ("16x", 16),
        ("81559 MiB", 81559 * 1024**2),
        ("345 MHz", 345e6),
        ("500 mW", 0.5),
        ("0", 0),
    ],
)
def test_a_number_comes_in_base_units(cell, value):
    assert number(cell) == value


@pytest.mark.parametrize("cell", ["", "N/A", "12 parsec", "1e5", "0x10", "nan", "inf", "1 2", "٣"])
def test_what_is_no_number_with_a_known_unit_is_none(cell):
    assert math.isnan(number(cell))


@pytest.mark.parametrize(
    "cell", ["N/A", "[N/A]", "[Not Supported]", "[Unknown Error]", "None", "GPU is lost", "[Function Not Found]", " n/a "]
)
def test_no_spelling_of_nothing_is_given(cell):
    assert given_cell(cell) == ""


@pytest.mark.parametrize(
    ("text", "bus"),
    [
        ("00000000:8F:00.0", "0000:8f:00"),
        ("0000:8f:00", "0000:8f:00"),
        ("PCI:0008:01:00", "0008:01:00"),
        ("03:00.0", "0000:03:00"),
        ("00010000:AB:1F.7", "10000:ab:1f"),
        ("...", None),
        ("", None),
        ("1:2:3:4", None),
    ],
)
def test_a_pci_address_has_one_spelling(text, bus):
    assert pci_bus_id(text) == bus


@given(st.text())
def test_any_cell_is_read(text):
    value = number(given_cell(text))
    assert math.isnan(value) or math.isfinite(value)
    assert pci_bus_id(text) is None or text.strip()
    assert yes_or_no(text) in (0.0, 1.0) or math.isnan(yes_or_no(text)) or math.isfinite(yes_or_no(text))
    refusal(text)
