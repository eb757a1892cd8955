"""The one owner of live state: judges every answer, keeps alarms, tells changes. Pure: time comes in."""
