"""Texts as numbers, and as words that a state can know."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.snmp.numbers import bits_of, number, number_of


@given(st.binary(max_size=300))
def test_any_octets_are_a_number_or_none(octets):
    found = number(octets)
    assert isinstance(found, float)
    assert not math.isinf(found) or any(48 <= octet <= 57 for octet in octets)


@pytest.mark.parametrize("text", ["12.03.2024", "12:30", "192.0.2.1", "1.2.3", "3/4", "normal", "--", "N/A", "nan", "inf", "-"])
def test_dates_addresses_and_words_are_no_numbers(text):
    assert math.isnan(number(text.encode()))


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_a_text_that_is_no_number_is_a_word_of_its_own_and_an_array_keeps_it(one, other):
    codes = [number_of(one), number_of(other)]
    kept = np.array(codes).view(np.int64).tolist()
    assert kept == [bits_of(code) for code in codes]
    alike = [each.encode().strip(b' \t\r\n\x00"').lower() for each in (one, other)]
    if all(map(math.isnan, codes)) and alike[0] != alike[1] and all(alike):
        assert kept[0] != kept[1]


def test_case_and_what_is_around_a_word_make_no_difference():
    assert bits_of(number(b'"Failed"\n')) == bits_of(number_of("failed"))
    assert bits_of(number(b"")) == bits_of(math.nan)
    assert number(b"7 ") == number(7) == number_of("7") == 7
