"""Why a poll, a command or the store failed, in words; known outside by its code alone."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def error(code: str) -> str:
    """The words of a code; one that nobody knows stays as it is."""
    return {"": "", **_answers(), **_secrets(), **_orders()}.get(code, code)


def _answers() -> Mapping[str, str]:
    """Why a device gives no answer, or none that helps."""
    return {
        "unreachable": translate("words", "no answer"),
        "timeout": translate("words", "no answer in time"),
        "refused": translate("words", "connection refused"),
        "auth-failed": translate("words", "the credential is refused"),
        "key-refused": translate("words", "the server refuses the key"),
        "key-not-accepted": translate("words", "the server takes no keys"),
        "password-refused": translate("words", "the server refuses the password"),
        "password-not-accepted": translate("words", "the server takes no passwords"),
        "unknown-user": translate("words", "the device does not know this user"),
        "bad-reply": translate("words", "the answer cannot be read"),
        "truncated": translate("words", "the answer is cut off"),
        "host-key-changed": translate("words", "the SSH host key has changed"),
        "host-key-unknown": translate("words", "the SSH host key is not known yet"),
        "connection-lost": translate("words", "the connection broke off"),
        "deadline": translate("words", "it took too long"),
        "handshake-failed": translate("words", "SSH could not be agreed on"),
        "jump-refused": translate("words", "the jump host refuses the way on"),
        "too-many-jumps": translate("words", "too many jump hosts"),
        "name-unknown": translate("words", "the name has no address"),
        "no-route": translate("words", "there is no way to it"),
        "no-banner": translate("words", "no SSH server answers there"),
        "no-common-algorithm": translate("words", "no SSH algorithm that both accept"),
        "no-channel": translate("words", "it opens no further channel"),
        "no-access": translate("words", "the account may not see this"),
        "own-failure": translate("words", "the console itself failed at it; its log says where"),
        "unreadable": translate("words", "the answer cannot be read"),
        "error-status": translate("words", "the device reports an error"),
        "report-loop": translate("words", "the device asks again and again"),
        "too-long": translate("words", "the answer is too long"),
        "still-running": translate("words", "the command before is still running"),
        "unsupported-level": translate("words", "the device does not support this security level"),
        "wrong-auth": translate("words", "the authentication password is wrong"),
        "wrong-privacy": translate("words", "the privacy password is wrong"),
        "unknown-context": translate("words", "the device does not know this context"),
        "unavailable-context": translate("words", "the context is not available now"),
        "no-gpu": translate("words", "the tool finds no GPU"),
        "driver-failed": translate("words", "the GPU driver does not answer"),
        "not-asked": translate("words", "it is not asked this way"),
    }


def _secrets() -> Mapping[str, str]:
    """What is missing or wrong of what the console itself needs."""
    return {
        "credential-missing": translate("words", "the secret is missing"),
        "unusable-secret": translate("words", "the secret cannot be used as it is"),
        "secret-missing": translate("words", "the secret is missing"),
        "no-credential": translate("words", "no credential is set for it"),
        "password-missing": translate("words", "the password is missing"),
        "passphrase-missing": translate("words", "the passphrase of the key is missing"),
        "passphrase-wrong": translate("words", "the passphrase does not open the key"),
        "key-file-missing": translate("words", "the key file is not there"),
        "key-unreadable": translate("words", "the key file cannot be read"),
    }


def _orders() -> Mapping[str, str]:
    """Why what a person wanted was not done, or not stored."""
    return {
        "disk-full": translate("words", "the disk is full"),
        "store-failed": translate("words", "the store does not answer"),
        "unknown-alarm": translate("words", "the alarm is no longer there"),
        "not-ready": translate("words", "the console has not started yet"),
        "monitor-failed": translate("words", "the console itself failed at it; its log says where"),
        "no-permission": translate("words", "the permission is missing"),
        "no-reason": translate("words", "a reason is missing"),
        "no-text": translate("words", "the text is empty"),
        "no-end": translate("words", "an end is missing"),
        "end-in-past": translate("words", "the end is in the past"),
        "nothing-to-do": translate("words", "it is so already"),
        "nothing-to-undo": translate("words", "there is nothing to undo"),
        "too-late": translate("words", "it is too late for that"),
        "changed-since": translate("words", "it has changed since"),
        "not-possible": translate("words", "this cannot be done to it"),
        "cycle": translate("words", "it would stand under its own symptom"),
        "under-itself": translate("words", "it cannot stand under itself"),
        "under-closed": translate("words", "that cause is closed"),
        "unknown-window": translate("words", "the maintenance window is no longer there"),
        "bad-time": translate("words", "the time cannot be right"),
        "end-before-start": translate("words", "the end is before the begin"),
        "no-scope": translate("words", "it covers nothing"),
        "unknown-device": translate("words", "the device is not in the inventory"),
        "unknown-rack": translate("words", "the rack is not in the inventory"),
        "unknown-site": translate("words", "the site is not in the inventory"),
        "unknown-label": translate("words", "no device has this label"),
        "unknown-zone": translate("words", "the time zone is not known"),
        "bad-recurrence": translate("words", "days or times of the recurrence cannot be right"),
    }
