"""Traps and informs: what devices send unasked. A hint to ask them at once; what they then answer is what counts."""
