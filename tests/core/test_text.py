import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noc_console.text import clean

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Ethernet1/1", "Ethernet1/1"),
        ("  two   spaces ", "two spaces"),
        ("\x1b[4mGPU0\x1b[0m", "GPU0"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07rest", "rest"),
        ("a\r\nb\tc", "a b c"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("bell\x07 and nul\x00", "bell and nul"),
        ("Hà Nội 서울 °C", "Hà Nội 서울 °C"),
        (b"caf\xe9", "caf\ufffd"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("", ""),
    ],
)
def test_text_of_a_device_is_shown_without_its_controls(raw, shown):
    assert clean(raw) == shown


def test_long_text_is_cut_and_says_so():
    assert clean("x" * 20, most=10) == "x" * 9 + "…"
    assert clean("x" * 10, most=10) == "x" * 10
    assert clean("abc", most=0) == ""


def test_a_flood_is_not_read_to_its_end():
    assert len(clean("\x1b[" * 4_000_000 + "x", most=64)) <= 64


@given(st.one_of(st.text(), st.binary()), st.integers(0, 40))
def test_whatever_comes_in_what_comes_out_is_one_harmless_line(raw, most):
    shown = clean(raw, most)
    assert len(shown) <= most
    assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in BIDI for sign in shown)
    assert shown == shown.strip(" ")
    shown.encode("utf-8")


@given(st.text())
def test_clean_text_stays_as_it_is(raw):
    once = clean(raw)
    assert clean(once) == once
