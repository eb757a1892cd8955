"""Sites fill the shape of the dock, as blocks, each in a place of its own."""

import numpy as np
import sample_fleet
from hypothesis import given
from hypothesis import strategies as st

from widgets.canvas.site_pack import corners_of, pack
from widgets.canvas.tier_layout import arrange

lengths = st.floats(min_value=10, max_value=3000, allow_nan=False)
blocks = st.lists(st.tuples(lengths, lengths), min_size=1, max_size=12)


def scale_of(sizes, corners, shape: float) -> float:
    width = max(x + w for (x, _), (w, _) in zip(corners, sizes, strict=True))
    height = max(y + h for (_, y), (_, h) in zip(corners, sizes, strict=True))
    return min(shape / width, 1 / height)


@given(blocks, st.floats(min_value=0.2, max_value=5))
def test_no_block_covers_another(sizes, shape):
    corners = corners_of(sizes, shape)
    assert len(corners) == len(sizes)
    for i, ((x, y), (w, h)) in enumerate(zip(corners, sizes, strict=True)):
        for (u, v), (ww, hh) in list(zip(corners, sizes, strict=True))[:i]:
            assert x >= u + ww or u >= x + w or y >= v + hh or v >= y + h


@given(blocks, st.floats(min_value=0.2, max_value=5))
def test_nothing_is_smaller_than_in_one_row_or_one_column(sizes, shape):
    best = scale_of(sizes, corners_of(sizes, shape), shape)
    row = [(sum(w + 56 for w, _ in sizes[:n]), 0.0) for n in range(len(sizes))]
    column = [(0.0, sum(h + 28 for _, h in sizes[:n])) for n in range(len(sizes))]
    assert best >= max(scale_of(sizes, row, shape), scale_of(sizes, column, shape)) / 1.021


def test_a_wide_dock_has_sites_beside_each_other_and_a_narrow_one_below():
    sizes = [(785.0, 765.0), (785.0, 765.0), (900.0, 300.0)]
    assert {y for _, y in corners_of(sizes, 6.0)} == {0.0}
    assert {x for x, _ in corners_of(sizes, 0.3)} == {0.0}


def test_what_stands_in_a_site_moves_with_it():
    arrangement = arrange(sample_fleet.inventory())
    before = {name: arrangement.centre[n] - corner(arrangement, n) for name, n in arrangement.index.items()}
    assert pack(arrangement, 0.2)
    assert not pack(arrangement, 0.2), "a second time moves nobody"
    for name, n in arrangement.index.items():
        assert np.allclose(arrangement.centre[n] - corner(arrangement, n), before[name])


def corner(arrangement, node: int):
    band = next(b for b in arrangement.bands if b.kind == "site" and b.site == arrangement.site_of[node])
    return np.array([band.x, band.y])
