"""Alarms: their codes, their life, and the conditions that raise them. Pure: time comes in."""
