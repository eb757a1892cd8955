"""Ranges: `gpu-[0001-1000]` stands for a thousand names, `10.2.[0-3].[1-250]` for a thousand addresses."""

import re
from collections.abc import Sequence
from itertools import product
from math import prod

MOST = 100_000
"""Values that one range may stand for."""

_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_FROM_TO = re.compile(r"^([A-Za-z]*)([0-9]{1,9})-([A-Za-z]*)([0-9]{1,9})$")
_LETTERS = re.compile(r"^([a-z])-([a-z])$|^([A-Z])-([A-Z])$")


class RangeError(ValueError):
    """A range that does not say what it stands for; the text says what would be right."""


def is_range(text: str) -> bool:
    """Whether the text has brackets."""
    return "[" in text or "]" in text


def spread(text: str) -> list[str]:
    """All the values that a text with brackets stands for, the last brackets counting first; RangeError if it is none.

    `[08-11]` keeps its width, `[a01-a40]` its letters, `[a-d]` counts letters.
    """
    if not is_range(text):
        return [text]
    fixed = _BRACKETS.split(text)
    if any(is_range(part) for part in fixed[::2]):
        raise RangeError(f'the brackets of "{text}" do not pair')
    counted = [_values(inside) for inside in fixed[1::2]]
    if prod(len(values) for values in counted) > MOST:
        raise RangeError(f'"{text}" stands for more than {MOST} values')
    ends = fixed[2::2]
    return [fixed[0] + "".join(value + end for value, end in zip(values, ends, strict=True)) for values in product(*counted)]


def share_out(values: Sequence[str], among: int) -> list[str]:
    """As many values as asked, in order, each as often as the others (by at most one more): 40 racks for 1,000 servers."""
    return [values[position * len(values) // among] for position in range(among)]


def _values(inside: str) -> list[str]:
    letters = _LETTERS.match(inside)
    if letters:
        first, last = (ord(letter) for letter in letters.groups() if letter)
        if first > last:
            raise RangeError(f'"[{inside}]" counts down; write the smaller end first')
        return [chr(code) for code in range(first, last + 1)]
    numbers = _FROM_TO.match(inside)
    if not numbers or numbers[1] != numbers[3]:
        raise RangeError(f'"[{inside}]" is no range; write [first-last], as in [0001-1000] or [a01-a40]')
    prefix, low, high = numbers[1], numbers[2], numbers[4]
    if int(low) > int(high):
        raise RangeError(f'"[{inside}]" counts down; write the smaller end first')
    if int(high) - int(low) >= MOST:
        raise RangeError(f'"[{inside}]" stands for more than {MOST} values')
    width = len(low) if _is_padded(low) or _is_padded(high) else 0
    if width and len(high) != width:
        raise RangeError(f'the ends of "[{inside}]" differ in width; write as many digits in both, as in [001-250]')
    return [f"{prefix}{number:0{width}d}" for number in range(int(low), int(high) + 1)]


def _is_padded(number: str) -> bool:
    return len(number) > 1 and number[0] == "0"
