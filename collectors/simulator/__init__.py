"""The other end of the wires: a fleet that answers real SNMP and real SSH on loopback, from a physical model.

Runs in its own process (`collectors.commands.simulate`); nothing of the console imports more of it than `control`.
"""
