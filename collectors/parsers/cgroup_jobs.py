"""Whose work a process is: the Slurm job or the Kubernetes pod out of its control group (`/proc/PID/cgroup`).

Slurm: `/slurm/uid_1000/job_1234/step_0` (v1), `/system.slice/slurmstepd.scope/job_1234/step_0` (v2).
Kubernetes: `/kubepods/burstable/podUID` (cgroupfs), `/kubepods.slice/kubepods-burstable-podUID.slice` (systemd, `_` for `-`).
"""

import re
from collections.abc import Mapping

MOST_PROCESSES = 4096
MOST_LINE = 1024
_LINE = re.compile(r"/proc/(\d{1,10})/cgroup:\d{1,4}:[^:]{0,200}:(/.*)")
_SLURM = re.compile(r"/job_(\d{1,12})(?:/|$)")
_POD = re.compile(r"[/-]pod([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|[0-9a-f]{32})(?:[./]|$)")


def jobs(text: str) -> Mapping[int, str]:
    """`slurm:1234` or `pod:UID` by process number, out of `grep -H … /proc/[0-9]*/cgroup`. Total; any thread."""
    found: dict[int, str] = {}
    for line in text.split("\n", MOST_PROCESSES)[:MOST_PROCESSES]:
        match = _LINE.fullmatch(line[:MOST_LINE])
        job = job_of(match[2]) if match else ""
        if match and job:
            found[int(match[1])] = job
    return found


def job_of(path: str) -> str:
    """The job of a control group; empty if it is none's. A Slurm job counts before the pod that its node runs in."""
    if slurm := _SLURM.search(path):
        return f"slurm:{int(slurm[1])}"
    pod = _POD.search(path)
    return f"pod:{pod[1].replace('_', '-')}" if pod else ""
