"""Untrusted text of devices, made fit to be shown, logged and stored.

Process names, banners, interface descriptions and kernel lines are chosen by whoever is on the device; a terminal escape or
a right-to-left override in them must not reach a screen, a log or a terminal.
"""

import re

MOST = 512
"""Characters that a text keeps unless told otherwise; ifAlias allows 64, sysDescr 255 (RFC 2863, RFC 3418)."""

# Escape sequences go as a whole, so that no "[4m" stays behind (the header of `nvidia-smi topo -m` has them even when piped).
# The bounds keep the search linear on hostile input.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"  # CSI … final byte (ECMA-48)
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]{0,256}(?:\x07|\x1b\\|\x9c)"  # OSC … BEL or ST
)
_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029 ]+")
# C0, DEL, C1; the bidi marks, embeddings, overrides, isolates and the deprecated formats; byte order mark; specials.
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str | bytes, most: int = MOST) -> str:
    """One line of text without controls, bidi controls and escape sequences, at most `most` characters long.

    Bytes are read as UTF-8, what is no UTF-8 becomes U+FFFD; so does a lone surrogate. White space runs become one space and
    go at the ends. What was cut off is shown by `…`. Total: takes anything. Any thread.
    """
    # A hostile device may send megabytes: what cannot end up in the result is not looked at.
    text = text[: 8 * most + 1024]
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    # Nearly every text is printable, but for tabs: nothing of what goes is in it.
    if len(text) <= most and "  " not in text and text.isprintable():
        return text.strip(" ")
    plain = " ".join(filter(None, text.replace("\t", " ").split(" ")))
    if len(plain) <= most and plain.isprintable():
        return plain
    text = _SPACES.sub(" ", _ESCAPES.sub("", text))
    text = _SURROGATES.sub("\ufffd", _UNWANTED.sub("", text))
    text = _SPACES.sub(" ", text).strip(" ")
    return text if len(text) <= most else text[: max(most - 1, 0)].rstrip(" ") + "…" * (most > 0)
