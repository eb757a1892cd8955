"""The audit chain: each entry is bound to all before it, so that a change of the past shows."""
