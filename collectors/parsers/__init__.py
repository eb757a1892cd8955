"""Parsers of what tools print: text in, values out. No I/O, and no exception on any input."""
