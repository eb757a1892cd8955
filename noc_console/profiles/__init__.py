"""What can be asked of a kind of device over SNMP, as data: one TOML file per profile, turned into frozen dataclasses here."""
