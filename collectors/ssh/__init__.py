"""Asks servers over SSH: GPUs, kernel log, /proc. The only collector that imports paramiko."""

import sys

# paramiko imports it for `Match exec` in an ssh_config, which is never read here; asyncio comes with it: 6 MB in all.
sys.modules.setdefault("invoke", None)  # type: ignore[arg-type]  # None: it is not there
