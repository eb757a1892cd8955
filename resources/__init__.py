"""Data, no code. A package by name, so that `importlib.resources` finds it however the program was installed."""
