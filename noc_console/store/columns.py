"""Values of one answer as bytes and back: no Python object per value.

The bytes of the float64 values (little-endian) are sorted by their place in the value, then compressed: the upper bytes of
neighbours are alike.
"""

import hashlib
import json
import zlib

import numpy as np
from numpy.typing import NDArray

from noc_console.model.poll import Layout, Values

PLAIN, SHUFFLED = b"\x00", b"\x01"
"""First byte of a blob: how the rest is written."""

WIDTH = 8


def pack(values: Values) -> bytes:
    """The blob of these values; plain where compressing does not pay."""
    plain = np.ascontiguousarray(values, dtype="<f8")
    shuffled = plain.view(np.uint8).reshape(-1, WIDTH).T.tobytes()
    packed = zlib.compress(shuffled, 1)
    return SHUFFLED + packed if len(packed) < len(shuffled) else PLAIN + plain.tobytes()


def unpack(blob: bytes) -> Values:
    """All values of a blob, (n,) float64; ValueError if it is damaged."""
    raw = _bytes_by_value(blob)
    return np.ascontiguousarray(raw).reshape(-1).view("<f8").astype(np.float64, copy=False)


def unpack_one(blob: bytes, column: int) -> float:
    """One value of a blob; ValueError if it is damaged or too short."""
    raw = _bytes_by_value(blob)
    if not 0 <= column < len(raw):
        raise ValueError(f"a blob of {len(raw)} values has no column {column}")
    return float(np.ascontiguousarray(raw[column]).view("<f8")[0])


def _bytes_by_value(blob: bytes) -> NDArray[np.uint8]:
    form, rest = blob[:1], memoryview(blob)[1:]
    if form == SHUFFLED:
        try:
            rest = memoryview(zlib.decompress(rest))
        except zlib.error as error:
            raise ValueError(f"a damaged blob of readings: {error}") from error
    elif form != PLAIN:
        raise ValueError(f"a blob of readings in an unknown form {form!r}")
    if len(rest) % WIDTH:
        raise ValueError("a blob of readings that ends within a value")
    flat = np.frombuffer(rest, dtype=np.uint8)
    return flat.reshape(WIDTH, -1).T if form == SHUFFLED else flat.reshape(-1, WIDTH)


def layout_row(layout: Layout) -> tuple[bytes, str]:
    """(digest, JSON) of a layout's keys; equal keys give equal digests in every process."""
    text = json.dumps(layout.keys, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), text


def layout_of(text: str) -> Layout:
    """The layout of stored keys."""
    return Layout.of((str(component), str(metric)) for component, metric in json.loads(text))
