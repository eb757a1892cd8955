"""The commands that ask devices, or run the other end of the wires."""
