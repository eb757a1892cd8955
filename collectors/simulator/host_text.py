"""The files of /proc on a simulated server, and its kernel's log in the forms of /dev/kmsg, dmesg and journalctl."""

import math
from collections.abc import Callable

from collectors.simulator.sensors import ripple
from collectors.simulator.world import World

CPUS = 224
MEMORY_KIB = 2113929216
TICKS = 100
"""USER_HZ."""


def uptime(world: World, server: str) -> str:
    """/proc/uptime."""
    up = world.uptime(server)
    return f"{up:.2f} {up * CPUS * 0.78:.2f}\n"


def boot_id(world: World, server: str) -> str:
    """/proc/sys/kernel/random/boot_id."""
    return f"{world.hosts[server].boot_id}\n"


def stat(world: World, server: str) -> str:
    """/proc/stat: counters of all CPUs since the boot. They follow a slow wave whose integral is known, so they never go back."""
    up = world.uptime(server)
    # busy share 0.21 + 0.05·sin(up/300): its integral is monotonic and needs no state
    busy = 0.21 * up + 0.05 * 300.0 * (1.0 - math.cos(up / 300.0))
    total = CPUS * TICKS
    user, system, wait = busy * 0.72 * total, busy * 0.24 * total, 0.004 * up * total
    idle = up * total - user - system - wait
    cpu = f"{int(user)} 0 {int(system)} {int(idle)} {int(wait)} 0 {int(busy * 0.04 * total)} 0 0 0"
    booted = int(world.hosts[server].booted)
    return (
        f"cpu  {cpu}\nctxt {int(up * 41000)}\nbtime {booted}\nprocesses {int(up * 3) + 4000}\nprocs_running 9\nprocs_blocked 0\n"
    )


def meminfo(world: World, server: str) -> str:
    """/proc/meminfo."""
    load = float(world.physics.utilisation[world.server_at[server]].mean())
    used = int(MEMORY_KIB * (0.11 + 0.42 * load + ripple(world, server, 0.004)))
    available = MEMORY_KIB - used
    lines = {
        "MemTotal": MEMORY_KIB,
        "MemFree": available * 6 // 10,
        "MemAvailable": available,
        "Buffers": 1843200,
        "Cached": available * 3 // 10,
        "SwapTotal": 0,
        "SwapFree": 0,
    }
    return "".join(f"{name + ':':<16}{value:>12} kB\n" for name, value in lines.items())


def net_dev(world: World, server: str) -> str:
    """/proc/net/dev."""
    network, place = world.network, world.network.first[server]
    count = network.counters
    lines = [
        "Inter-|   Receive                                                |  Transmit",
        " face |bytes    packets errs drop fifo frame compressed multicast|"
        "bytes    packets errs drop fifo colls carrier compressed",
    ]
    loopback = int(world.uptime(server) * 9000)
    lines.append(_interface("lo", (loopback, loopback // 400, 0, 0), (loopback, loopback // 400, 0, 0)))
    received = (
        int(count.in_octets[place]),
        int(count.in_packets[place]),
        int(count.in_errors[place]),
        int(count.in_discards[place]),
    )
    lines.append(_interface("eth0", received, (int(count.out_octets[place]), int(count.out_packets[place]), 0, 0)))
    return "\n".join(lines) + "\n"


def _interface(name: str, received: tuple[int, ...], sent: tuple[int, ...]) -> str:
    into, out = " ".join(map(str, received)), " ".join(map(str, sent))
    return f"{name:>6}: {into} 0 0 0 0 {out} 0 0 0 0"


def loadavg(world: World, server: str) -> str:
    """/proc/loadavg."""
    return f"{46 + ripple(world, server, 3.0):.2f} {46 + ripple(world, server, 2.0, 1):.2f} 45.90 9/4213 51234\n"


FILES: dict[str, Callable[[World, str], str]] = {
    "/proc/uptime": uptime,
    "/proc/stat": stat,
    "/proc/meminfo": meminfo,
    "/proc/net/dev": net_dev,
    "/proc/loadavg": loadavg,
    "/proc/sys/kernel/random/boot_id": boot_id,
    "/proc/sys/kernel/hostname": lambda _world, server: f"{server}\n",
    "/proc/sys/kernel/osrelease": lambda _world, _server: "6.8.0-60-generic\n",
    "/sys/class/net/eth0/operstate": lambda world, server: (
        "up\n" if world.network.oper[world.network.first[server]] else "down\n"
    ),
    "/etc/hostname": lambda _world, server: f"{server}\n",
}


def kmsg(world: World, server: str) -> list[str]:
    """Records of /dev/kmsg: `priority,sequence,microseconds,flags;text` (Documentation/ABI/testing/dev-kmsg)."""
    return [f"{line.priority},{line.number},{int(line.uptime * 1e6)},-;{line.text}" for line in world.hosts[server].log]


def dmesg(world: World, server: str) -> list[str]:
    """Lines of dmesg, and of `journalctl -o short-monotonic` but for its host name."""
    return [f"[{line.uptime:12.6f}] {line.text}" for line in world.hosts[server].log]


def journal(world: World, server: str) -> list[str]:
    """Lines of `journalctl -k -o short-monotonic`."""
    return [f"[{line.uptime:12.6f}] {server} kernel: {line.text}" for line in world.hosts[server].log]
