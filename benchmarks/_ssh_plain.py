"""Polls as one would write them with paramiko as it comes, for `ssh_scale.py` to compare with.

A client with a held connection each, a pool of threads, and for each poll one `exec_command` of a line that prints what a poll
of ours reads. The same parsers read it.
"""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import paramiko

from benchmarks._ssh_fleet import INTERVAL
from collectors.parsers.nvidia_smi_csv import parse as parse_csv
from collectors.ssh.commands import GPU_CSV, HOST, KERNEL_KMSG
from collectors.ssh.host_poll import by_file, read_host

LINE = f"{GPU_CSV.line}; {HOST.line}; {KERNEL_KMSG.line}"
THREADS = 32


class PlainPolls:
    """Polls the servers of `servers.json` in the folder while it is entered. `done`, `failed` : how many did."""

    def __init__(self, folder: Path) -> None:
        self.done = self.failed = 0
        self._known = folder / "known_hosts"
        self._servers = json.loads((folder / "servers.json").read_text())
        self._keys: dict[str, paramiko.PKey] = {}
        self._ending = threading.Event()
        self._clients: list[paramiko.SSHClient] = []
        self._pacer = threading.Thread(target=self._pace, name="pacer")

    def __enter__(self) -> "PlainPolls":
        with ThreadPoolExecutor(8) as pool:
            self._clients = list(pool.map(self._connected, self._servers))
        self._pacer.start()
        time.sleep(INTERVAL)
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._pacer.join()
        for client in self._clients:
            client.close()

    def _connected(self, server: tuple[str, int, str, str]) -> paramiko.SSHClient:
        address, port, user, key = server
        pkey = self._keys.get(key) or self._keys.setdefault(key, paramiko.PKey.from_path(key))
        client = paramiko.SSHClient()
        client.load_host_keys(str(self._known))
        client.connect(
            address, port, user, pkey=pkey, allow_agent=False, look_for_keys=False, timeout=30, banner_timeout=30, auth_timeout=30
        )
        return client

    def _pace(self) -> None:
        with ThreadPoolExecutor(THREADS, thread_name_prefix="plain") as pool:
            due, turn = time.monotonic(), 0
            while not self._ending.wait(max(0.0, due - time.monotonic())):
                pool.submit(self._poll, self._clients[turn % len(self._clients)])
                turn += 1
                due += INTERVAL / len(self._clients)

    def _poll(self, client: paramiko.SSHClient) -> None:
        try:
            _, stdout, _ = client.exec_command(LINE, timeout=30)
            text = stdout.read().decode("utf-8", "replace")
            cut = text.find("/proc/")
            if parse_csv(text[:cut]).problem or read_host(by_file(text[cut:]))["meminfo"].problem:
                self.failed += 1
            self.done += 1
        except (OSError, EOFError, paramiko.SSHException):
            self.failed += 1
