"""How a profile says where a text or an index comes from: the grammar of names, pointers and index parts, parsed once.

`{1.3.6.1.2.1.47.1.1.1.1.7 @ <1.3.6.1.9.5>.1}` is a column of another table whose row is named by a pointer. `docs/profiles.md`
has the whole table. What is parsed here is filled in by whoever has walked the columns.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

FORMS = ("text", "mac", "ip")
WORDS = ("label", "port", "index")
_OBJECT = re.compile(r"\.?\d+(?:\.\d+)*")
_OWN = re.compile(r"\[(\d+)(-?)(\d*)\]([+-]\d+)?")
_BRACES = re.compile(r"\{([^{}]*)\}")


class TemplateError(ValueError):
    """A template or an index that cannot be read; the text says where."""


@dataclass(frozen=True, slots=True)
class Own:
    """Parts of the row's own index, counted from 1; `last` 0: to the end. `plus` is added to a single one."""

    first: int
    last: int
    plus: int = 0


@dataclass(frozen=True, slots=True)
class Follow:
    """The index that a cell names: its number, or what is behind the entry in an identifier (RowPointer)."""

    reference: "Reference"


@dataclass(frozen=True, slots=True)
class Index:
    """An index made of numbers, own parts and pointers; `is_prefix`: the first row whose index begins so."""

    parts: tuple[int | Own | Follow, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell: a column, and the row's index there (None: its own)."""

    column: str
    index: Index | None = None


@dataclass(frozen=True, slots=True)
class Show:
    """A piece of text made of a cell or of index parts. `form` is empty or one of FORMS."""

    what: Reference | Own
    form: str = ""
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text that the row has beside its cells: one of WORDS."""

    word: str


Template = tuple[str | Show | Word, ...]


@lru_cache(maxsize=8192)
def template_of(text: str) -> Template:
    """The pieces of a name: a plain object is that column. TemplateError."""
    if _OBJECT.fullmatch(text):
        return (Show(Reference(text)),)
    pieces: list[str | Show | Word] = []
    at = 0
    for found in _BRACES.finditer(text):
        pieces.append(text[at : found.start()])
        pieces.append(_piece(found[1].strip()))
        at = found.end()
    pieces.append(text[at:])
    if any(isinstance(piece, str) and ("{" in piece or "}" in piece) for piece in pieces):
        raise TemplateError(f"{text!r}: a brace without its other one")
    return tuple(piece for piece in pieces if piece != "")


def _piece(text: str) -> Show | Word:
    if text in WORDS:
        return Word(text)
    form, _, rest = text.partition(" ")
    if form in FORMS:
        text = rest.strip()
    else:
        form = ""
    optional = text.endswith("?")
    scanner = _Scanner(text[:-1].strip() if optional else text)
    what: Reference | Own = scanner.own() if scanner.sees("[") else scanner.reference()
    scanner.end()
    return Show(what, form, optional)


@lru_cache(maxsize=4096)
def index_of(text: str) -> Index:
    """An index expression: `[1]`, `[2-].0`, `<1.3.6.1.9.3>`. TemplateError."""
    scanner = _Scanner(text.strip())
    index = scanner.index()
    scanner.end()
    return index


@lru_cache(maxsize=4096)
def reference_of(text: str) -> Reference:
    """A cell: `1.3.6.1.9.4`, `1.3.6.1.9.4 @ [1]`. TemplateError."""
    scanner = _Scanner(text.strip())
    reference = scanner.reference()
    scanner.end()
    return reference


@lru_cache(maxsize=4096)
def told_by(text: str) -> Reference | Own:
    """What tells something of a row: a cell, or parts of its own index, `[3]`. TemplateError."""
    if not text.startswith("["):
        return reference_of(text)
    scanner = _Scanner(text.strip())
    own = scanner.own()
    scanner.end()
    return own


@dataclass(slots=True)
class _Scanner:
    """Reads from left to right."""

    text: str
    at: int = 0

    def sees(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def end(self) -> None:
        if self.text[self.at :].strip():
            raise self._wrong("nothing more")

    def _wrong(self, wanted: str) -> TemplateError:
        return TemplateError(f"{self.text!r}: expected {wanted} at {self.text[self.at :]!r}")

    def _take(self, sign: str) -> bool:
        while self.sees(" "):
            self.at += 1
        if self.sees(sign):
            self.at += len(sign)
            return True
        return False

    def reference(self) -> Reference:
        found = _OBJECT.match(self.text, self.at)
        if found is None:
            raise self._wrong("an object")
        self.at = found.end()
        return Reference(found[0], self.index() if self._take("@") else None)

    def index(self) -> Index:
        parts: list[int | Own | Follow] = []
        self._take(" ")
        while True:
            if self._take("*"):
                return Index(tuple(parts), is_prefix=True)
            parts.append(self._part())
            if not self._take("."):
                return Index(tuple(parts))

    def _part(self) -> int | Own | Follow:
        if self._take("<"):
            reference = self.reference()
            if not self._take(">"):
                raise self._wrong("'>'")
            return Follow(reference)
        if self.sees("["):
            return self.own()
        number = re.compile(r"\d+").match(self.text, self.at)
        if number is None:
            raise self._wrong("a part of an index")
        self.at = number.end()
        return int(number[0])

    def own(self) -> Own:
        found = _OWN.match(self.text, self.at)
        if found is None or found[1] == "0":
            raise self._wrong("[1], [2-] or [1-3]")
        self.at = found.end()
        first = int(found[1])
        last = int(found[3]) if found[3] else (0 if found[2] else first)
        if last and last < first:
            raise self._wrong("parts in their order")
        return Own(first, last, int(found[4] or 0))


# --- what they need -----------------------------------------------------------------------------------------------------------


def columns_of(what: Template | Index | Reference | Own) -> Iterator[str]:
    """The columns that must have been walked before it can be filled in."""
    if isinstance(what, Own):
        return
    if isinstance(what, Reference):
        yield what.column
        if what.index is not None:
            yield from columns_of(what.index)
    elif isinstance(what, Index):
        for part in what.parts:
            if isinstance(part, Follow):
                yield from columns_of(part.reference)
    else:
        for piece in what:
            if isinstance(piece, Show) and isinstance(piece.what, Reference):
                yield from columns_of(piece.what)


def has_word(template: Template, word: str) -> bool:
    """Whether a template shows one of WORDS."""
    return any(isinstance(piece, Word) and piece.word == word for piece in template)
