"""Commands of the core: each module adds its arguments and runs."""
