"""The core: what an operations centre knows.

Plain Python and NumPy. It imports neither `collectors` nor `widgets`, no Qt, no sockets, and has no clock of its own:
time comes in as an argument.
"""
