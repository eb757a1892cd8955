"""Asks devices, in background threads. Imports the core only."""
