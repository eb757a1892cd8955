"""Which line of a TOML file a table or a key stands in, for the words about a mistake. `tomllib` does not tell.

Only read when there is a mistake, and only for text that `tomllib` accepted; a form it does not know gets the line above it.
"""

import re

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r"(?P<comment>\#[^\n]*)"
    r'|(?P<string>"""(?:[^\\]|\\.)*?"{3,5}|\'{3}.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'
    r"|(?P<newline>\n)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<equals>=)|(?P<dot>\.)|(?P<word>[^\s\#\"'\[\]{}=.,]+)",
    re.DOTALL,
)


def _bare(word: str) -> str:
    return word[1:-1] if word[:1] in "\"'" else word


class Lines:
    """Lines of one file by path: `("devices", 2, "rack")`, `("roles", "leaf")`."""

    def __init__(self, text: str) -> None:
        self._known: dict[Path, int] = {}
        self._arrays: dict[Path, int] = {}
        self._table: Path = ()
        self._scan(text)

    def of(self, path: Path) -> int | None:
        """The line of the path, or of the nearest table around it; None if nothing of it is known."""
        for end in range(len(path), 0, -1):
            line = self._known.get(path[:end])
            if line is not None:
                return line
        return None

    def _scan(self, text: str) -> None:
        line, depth, value = 1, 0, False
        words: list[str] = []
        header = 0  # brackets of the header that is being read
        for match in _TOKEN.finditer(text):
            kind, sign = match.lastgroup, match.group()
            if kind == "newline":
                if header:
                    self._header(words, header, line)
                if depth == 0 or header:
                    words, value, header, depth = [], False, 0, 0
                line += 1
            elif kind == "open":
                if not value and not words and sign == "[":
                    header += 1
                depth += 1
            elif kind == "close":
                depth = max(depth - 1, 0)
            elif kind == "equals" and not value and not header:
                self._note(self._table + tuple(words), line)
                value = True
            elif kind in ("word", "string") and not value:
                words.append(_bare(sign))
            if kind == "string":
                line += sign.count("\n")
        if header:
            self._header(words, header, line)

    def _header(self, words: list[str], brackets: int, line: int) -> None:
        path: Path = ()
        for position, word in enumerate(words):
            path = (*path, word)
            last = position == len(words) - 1
            if last and brackets > 1:
                self._arrays[path] = self._arrays.get(path, -1) + 1
            if path in self._arrays:
                path = (*path, self._arrays[path])
        self._table = path
        self._note(path, line)

    def _note(self, path: Path, line: int) -> None:
        """The first line of a path, and of the tables around it that stand nowhere by themselves (`a.b.c = 1`)."""
        for end in range(1, len(path) + 1):
            self._known.setdefault(path[:end], line)
