"""What is called between two pieces of much work, where nobody waits for the thread that does it."""


def go_on() -> None:
    """There is nobody to let come first: a replay, a test."""
