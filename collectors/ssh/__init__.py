"""Asks servers over SSH: GPUs, kernel log, /proc. The only collector that imports paramiko."""
