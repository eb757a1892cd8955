"""Asks the machine that the console runs on: the same commands as over SSH, started here."""
