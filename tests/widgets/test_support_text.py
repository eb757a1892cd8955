from dataclasses import replace

import sample_fleet

from noc_console.model.changes import Changes
from widgets.support_text import support_case


def test_an_xid_is_told_with_its_line_its_times_and_what_the_part_did_before():
    mirror = sample_fleet.mirror()
    alarm = next(a for a in mirror.alarms.values() if a.device == "gpu-0009" and a.type == "gpu-lost")
    params = {"xid": 79, "text": "GPU has \x1b[31mfallen\u202e off", "process": "python3", "before": 4, "before_xid": 48,
              "before_place": "gpu-0003/gpu1"}  # fmt: skip
    xid = replace(alarm, type="xid", qualifier="79", count=3, params=params)
    mirror.apply(Changes(number=mirror.number + 1, time=sample_fleet.NOW, alarms=(xid,)))
    text = support_case(mirror, "gpu-0009", sample_fleet.NOW)
    assert "  NVRM: Xid 79, GPU has fallen off\n" in text
    assert "  3 times, last " in text
    assert "  process: python3\n" in text
    assert "  This part reported 4 before, last Xid 48 (gpu-0003/gpu1)\n" in text
