"""Where things live: configuration and data of the user, by the command's options, the environment, or the platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

APP = "noc-console"
HOME = "NOC_CONSOLE_HOME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folders and files of one run.

    Attributes
    ----------
    config : folder of what the user writes. data : folder of what the program writes (0700, files 0600).
    inventory : the file or folder to read devices from.
    """

    config: Path
    data: Path
    inventory: Path

    @classmethod
    def of(cls, environ: Mapping[str, str], *, inventory: Path | str | None = None, data: Path | str | None = None) -> "Places":
        """The places that the options and the environment name; nothing is made.

        `NOC_CONSOLE_HOME` is the folder of both; else `$XDG_CONFIG_HOME/noc-console` and
        `$XDG_DATA_HOME/noc-console`, elsewhere than on Linux the platform's own. Options win.
        """
        config, kept = _folders(environ)
        return cls(
            config=config,
            data=Path(data).expanduser() if data else kept,
            inventory=Path(inventory).expanduser() if inventory else _inventory_in(config),
        )

    @property
    def known_hosts(self) -> Path:
        """Host keys of the SSH servers; a server that is not in it is not asked."""
        return self.config / "known_hosts"

    @property
    def settings(self) -> Path:
        """Choices of the window."""
        return self.config / "settings.toml"

    @property
    def conditions(self) -> Path:
        """Folder of the user's own conditions."""
        return self.config / "conditions"

    @property
    def profiles(self) -> Path:
        """Folder of the user's own device profiles."""
        return self.config / "profiles"

    def make(self) -> None:
        """Make the two folders, readable by their owner only. OSError if they cannot be made."""
        for folder in (self.config, self.data):
            make_private(folder)


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, that only its owner may enter. OSError if it cannot be made.

    One that is there stays as it is: `--data /tmp` must not close /tmp to everyone else.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)


def _folders(environ: Mapping[str, str]) -> tuple[Path, Path]:
    home = environ.get(HOME)
    if home:
        return Path(home).expanduser(), Path(home).expanduser()
    dirs = PlatformDirs(APP, appauthor=False)
    config, data = Path(dirs.user_config_dir), Path(dirs.user_data_dir)
    # platformdirs reads the process's environment; the one that was handed in goes before it.
    for name, own in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data")):
        value = environ.get(name, "")
        if Path(value).is_absolute():  # others are to be ignored (XDG base directory specification)
            config, data = (Path(value) / APP, data) if own == "config" else (config, Path(value) / APP)
    return config, data


def _inventory_in(config: Path) -> Path:
    """`inventory.toml`, or the folder `inventory.d` where there is one and no such file."""
    file, folder = config / "inventory.toml", config / "inventory.d"
    return folder if folder.is_dir() and not file.exists() else file
