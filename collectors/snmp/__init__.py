"""Asks devices over SNMP v1, v2c and v3, in one thread of its own."""
