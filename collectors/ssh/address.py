"""`HOST[:PORT]` as people type it, IPv6 in its several forms included."""

SSH_PORT = 22


def host_and_port(text: str, port: int = SSH_PORT) -> tuple[str, int]:
    """Host and port: `host`, `host:2222`, `::1`, `[::1]`, `[::1]:2222`. ValueError (with a sentence) for anything else."""
    host, given = _parted(text.strip())
    if given is not None:
        if not (given.isascii() and given.isdigit() and 0 < int(given) < 65536):
            raise ValueError(f"{given!r} is no port: 1 to 65535")
        port = int(given)
    if not host or any(sign.isspace() or sign in "@,/[]" for sign in host):
        raise ValueError(f"{text!r} is no HOST[:PORT]")
    return host, port


def place_of(host: str, port: int) -> str:
    """Host and port as `host_and_port` reads them: what a person is told to type."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _parted(text: str) -> tuple[str, str | None]:
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        return host, rest[1:] if rest.startswith(":") else None
    if text.count(":") == 1:
        host, _, given = text.partition(":")
        return host, given
    return text, None
