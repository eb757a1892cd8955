"""Severities and operator states of alarms (X.733, RFC 8632)."""

from enum import IntEnum, StrEnum


class Severity(IntEnum):
    """Severity of an alarm's condition; the number is its rank. Cleared is no severity but a flag of the alarm."""

    INDETERMINATE = 1
    WARNING = 2
    MINOR = 3
    MAJOR = 4
    CRITICAL = 5

    @property
    def word(self) -> str:
        """The word of the formats: `critical`, `major`, …"""
        return self.name.lower()

    @property
    def calls(self) -> bool:
        """Whether an alarm of this severity calls a person; a warning is only a row."""
        return self is not Severity.WARNING

    @classmethod
    def of(cls, word: str) -> "Severity":
        """Severity for its word; ValueError if there is none."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"no severity {word!r}") from None


class OperatorState(StrEnum):
    """What a person has said of an alarm: the second axis, independent of the condition."""

    NONE = "none"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
