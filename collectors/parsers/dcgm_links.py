"""`dcgmi nvlink -s`: one letter for each NVLink of each GPU (U up, D down, X disabled, _ none)."""

import re

from collectors.parsers.collected import Collected
from collectors.parsers.parsed import MOST_BYTES, Parsed
from noc_console.text import clean

_GPU = re.compile(r"\s{0,32}gpuId (\d{1,3}):\s{0,8}")
_LINKS = re.compile(r"\s{0,32}[UDX_](?: [UDX_]){0,63}\s{0,8}")


def parse(text: str) -> Parsed:
    """How many links of each GPU are up and how many are down, and which. Any thread."""
    if len(text) > MOST_BYTES:
        return Parsed(problem="too-long")
    found, gpu = Collected(), ""
    for line in text[:262_144].splitlines()[:4096]:
        head = _GPU.fullmatch(line[:128])
        if head:
            gpu = f"gpu{int(head[1])}"
        elif gpu and _LINKS.fullmatch(line[:256]) and found.known(gpu):
            letters = line.split()
            found.put(gpu, "nvlink_links_active", float(letters.count("U")))
            found.put(gpu, "nvlink_links_inactive", float(letters.count("D")))
            found.texts[gpu, "nvlink_inactive"] = ",".join(str(i) for i, letter in enumerate(letters) if letter == "D")
            gpu = ""
    if not found.components:
        return Parsed(problem="not-this-tool" if text.strip() else "empty", detail=clean(text, 200))
    return found.parsed()
