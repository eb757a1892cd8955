"""A fleet of loopback GPU servers for `ssh_scale.py`: real sshds, and a program in place of their shells and tools."""

import shutil
import subprocess
from pathlib import Path

import collectors.ssh  # noqa: F401  (before paramiko: it leaves out what the console does not need of it)
from collectors.parsers.nvidia_smi_csv import FIELDS
from noc_console.model.fleet import Collect, Credential, Device, Inventory
from tests.servers import gpus
from tests.servers.sshd import SshBed, make_proc

INTERVAL = 10.0
PER_SSHD = 16
"""Addresses of one sshd: it takes no more."""
REAL_XML = 200_000
"""Bytes of `nvidia-smi -q -x` of eight GPUs; half of them clocks that they could have."""
DIGIT, TIME = "\x01", "\x02"
"""What the program puts a digit by chance and the time for."""
# What /proc/meminfo lists beside what is read (Linux 6.8).
OTHER_MEMORY: list[str] = (  # noqa: SIM905  (half the lines)
    "Buffers SwapCached Active Inactive Active(anon) Inactive(anon) Active(file) Inactive(file) Unevictable Mlocked SwapTotal "
    "SwapFree Zswap Zswapped Dirty Writeback AnonPages Mapped Shmem KReclaimable Slab SReclaimable SUnreclaim KernelStack "
    "PageTables SecPageTables NFS_Unstable Bounce WritebackTmp CommitLimit Committed_AS VmallocTotal VmallocUsed VmallocChunk "
    "Percpu HardwareCorrupted AnonHugePages ShmemHugePages ShmemPmdMapped FileHugePages FilePmdMapped CmaTotal CmaFree "
    "Unaccepted HugePages_Total HugePages_Free HugePages_Rsvd HugePages_Surp Hugepagesize Hugetlb DirectMap4k DirectMap2M "
    "DirectMap1G"
).split()
NETWORKS = ("eno1", "eno2", "bond0", "ibp24s0", "ibp64s0", "ibp79s0", "ibp94s0", "ibp154s0", "ibp192s0", "ibp206s0", "ibp220s0")


def built_gate(folder: Path) -> Path:
    """The program that stands for the servers' shells."""
    program = folder / "gate"
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise SystemExit("a C compiler is missing: sudo apt-get install gcc")
    source = Path(__file__).with_name("loop_responder.c")
    subprocess.run([compiler, "-O2", "-o", str(program), str(source)], check=True)
    return program


def beds_for(servers: int, folder: Path, *, shells: bool = False) -> list[SshBed]:
    """Running sshds with that many addresses in all, each a server with eight GPUs. `shells` : real ones."""
    program = None if shells else built_gate(folder)
    beds = []
    for first in range(0, servers, PER_SSHD):
        addresses = tuple(f"127.0.{1 + first // PER_SSHD}.{1 + place}" for place in range(min(PER_SSHD, servers - first)))
        bed = SshBed(folder / f"bed{first}", addresses=addresses)
        (bed.folder / "bin" / "timeout").unlink()  # the real one: nothing is to misbehave here
        make_large(bed)
        if program is not None:
            _answer_without_forks(bed, program)
        bed.start()
        bed.yield_to_others()
        beds.append(bed)
    return beds


def make_large(bed: SshBed) -> None:
    """What it prints is as long as what a server prints."""
    text = gpus.xml(gpus.eight())
    clocks = "<supported_graphics_clock>1980 MHz</supported_graphics_clock>\n"
    padding = clocks * ((REAL_XML - len(text)) // (8 * len(clocks)))
    bed.says("xml", text.replace("\t</gpu>", f"\t\t<supported_clocks>{padding}</supported_clocks>\n\t</gpu>"))
    bed.says("csv", gpus.csv(gpus.eight(), FIELDS))
    make_proc(bed.folder / "proc")
    memory = bed.folder / "proc/meminfo"
    memory.write_text(memory.read_text() + "".join(f"{name + ':':<16}{1000 + i:>8} kB\n" for i, name in enumerate(OTHER_MEMORY)))
    network = bed.folder / "proc/net/dev"
    network.write_text(network.read_text() + "".join(f"{name:>6}: 1 1 0 0 0 0 0 0 6 1 0 0 0 0 0 0\n" for name in NETWORKS))


def _answer_without_forks(bed: SshBed, program: Path) -> None:
    """Put the program in the gate's place, with what the tools would print, and its figures by chance."""
    proc = bed.folder / "proc"
    boot = (proc / "sys/kernel/random/boot_id").read_text()
    answers = bed.folder / "answers"
    answers.mkdir()
    (answers / "h").write_text(_host(proc))
    (answers / "k").write_text(f"{boot}86400.00 1.00\nend\n")
    (answers / "t").write_text("end\n")
    (answers / "x").write_text((bed.folder / "out/xml").read_text())
    (answers / "g").write_text(_moving((bed.folder / "out/csv").read_text()))
    gate = bed.folder / "gate"
    gate.unlink()
    shutil.copy(program, gate)


def _host(proc: Path) -> str:
    """What `grep` prints of /proc: each line behind its file's name."""
    lines = []
    for name in (
        "stat",
        "meminfo",
        "net/dev",
        "uptime",
        "sys/kernel/random/boot_id",
        "sys/kernel/hostname",
        "sys/kernel/osrelease",
    ):
        for line in (proc / name).read_text().splitlines():
            if not line.startswith(("intr", "softirq", "cpu0")):
                lines.append(f"/proc/{name}:{line}\n")
    text = "".join(lines)
    for still, moving in (
        ("cpu  1000 0 500", f"cpu  {TIME}1{DIGIT} 0 5{TIME}"),
        ("2000000000 kB", f"20{DIGIT * 8} kB"),
        (": 1 1 0", f": 7{DIGIT * 11} 4{DIGIT * 9} 0"),
        ("0 6 1 0", f"0 8{DIGIT * 11} 5{DIGIT * 9} 0"),
        ("123456789", f"12{DIGIT * 10}"),
        ("86400.00", f"86{DIGIT * 3}.{DIGIT * 2}"),
    ):
        text = text.replace(still, moving)
    return text


def _moving(csv: str) -> str:
    """GPUs at work: each answer has other temperatures, powers, loads and clocks."""
    rows = []
    for line in csv.splitlines():
        cells = line.split(", ")
        for field, cell in (
            ("temperature.gpu", f"6{DIGIT}"),
            ("temperature.gpu.tlimit", f"2{DIGIT}"),
            ("temperature.memory", f"7{DIGIT}"),
            ("power.draw", f"6{DIGIT}{DIGIT}.{DIGIT}{DIGIT} W"),
            ("utilization.gpu", f"9{DIGIT} %"),
            ("memory.used", f"7{DIGIT * 4} MiB"),
            ("clocks.sm", f"19{DIGIT}5 MHz"),
        ):
            cells[FIELDS.index(field)] = cell
        rows.append(line if line.startswith("index") else ", ".join(cells))
    return "\n".join(rows) + "\n"


def inventory_of(beds: list[SshBed]) -> Inventory:
    """A device for each address."""
    devices, credentials = {}, {}
    for bed in beds:
        name = bed.folder.name
        credentials[name] = Credential(name=name, kind="ssh", user=bed.user, key=str(bed.key))
        for address in bed.addresses:
            collect = Collect(protocol="ssh", credential=name, address=address, port=bed.port, interval=INTERVAL)
            devices[address] = Device(name=address, address=address, role="gpu-server", collect={"ssh": collect})
    return Inventory(devices=devices, credentials=credentials)


def as_toml(beds: list[SshBed]) -> str:
    """The same as a file, in racks of one hall: a heap of devices without a place would measure how the map labels it."""
    parts = ['[[sites]]\nname = "hall"\nlatitude = 21.03\nlongitude = 105.85\n']
    for bed in beds:
        name = bed.folder.name
        parts.append(f'[[racks]]\nname = "rack-{name}"\nsite = "hall"\n')
        parts.append(f'[credentials.{name}]\nkind = "ssh"\nuser = "{bed.user}"\nkey = "{bed.key}"\n')
        parts += [
            f'[[devices]]\nname = "{address}"\naddress = "{address}"\nrole = "gpu-server"\nrack = "rack-{name}"\n'
            f'collect = {{ ssh = {{ credential = "{name}", port = {bed.port} }} }}\n'
            for address in bed.addresses
        ]
    return "\n".join(parts)


def known_hosts_of(beds: list[SshBed]) -> str:
    """The confirmed keys of all of them."""
    return "".join(bed.known_hosts.read_text() for bed in beds)
