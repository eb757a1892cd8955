"""What was parsed as the object that `parse` and `probe` print: here, at the edge, a reading is an object."""

from math import isnan

from collectors.parsers.parsed import LoggedEvent, Parsed

PROBLEMS = {
    "empty": "there is nothing in it",
    "too-long": "it is longer than is read",
    "truncated": "it is cut off before its end",
    "not-xml": "it is no well-formed XML",
    "forbidden-xml": "its XML declares entities, which no nvidia-smi does",
    "not-this-tool": "this is not what this parser reads",
    "no-gpu": "the tool found no GPU",
    "no-tool": "the tool is not there",
    "no-permission": "the tool may not ask",
    "driver-failed": "the driver does not answer the tool",
    "gpu-lost": "a GPU does not answer the tool",
    "not-json": "it is no well-formed JSON",
    "not-supported": "the device does not give it",
    "unknown-field": "the driver does not know a field that was asked for",
}


def as_object(parsed: Parsed) -> dict[str, object]:
    """`components`, `readings`, `events`, ready for JSON. What the device does not give is left out."""
    components = parsed.components or tuple(parsed.facts)
    return {
        "components": [{"component": component, **parsed.facts.get(component, {})} for component in components],
        "readings": _readings(parsed),
        "events": [_event(event) for event in parsed.events],
    }


def problem_sentence(parsed: Parsed) -> str:
    """What went wrong, as a sentence; empty if nothing did."""
    if not parsed.problem:
        return ""
    detail = f": {parsed.detail}" if parsed.detail else ""
    return f"{PROBLEMS.get(parsed.problem, parsed.problem)}{detail}"


def _readings(parsed: Parsed) -> list[dict[str, object]]:
    numbers: list[dict[str, object]] = [
        {"component": component, "metric": metric, "value": int(value) if value.is_integer() else value}
        for (component, metric), value in zip(parsed.layout.keys, parsed.values.tolist(), strict=True)
        if not isnan(value)
    ]
    words: list[dict[str, object]] = [
        {"component": component, "metric": metric, "value": _words(metric, text)} for component, metric, text in parsed.texts
    ]
    return numbers + words


def _words(metric: str, text: str) -> str | list[str]:
    """`throttle_reasons` is a list; empty where it was read and nothing throttles."""
    return [name for name in text.split(",") if name] if metric == "throttle_reasons" else text


def _event(event: LoggedEvent) -> dict[str, object]:
    return {
        "line": event.line,
        "kind": event.kind,
        "xid": event.code,
        "pci_bus_id": event.pci_bus_id,
        "pid": event.pid,
        "name": event.process,
        "severity": event.severity or None,
        "action": event.action or None,
        "text": event.text,
    }
