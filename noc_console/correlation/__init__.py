"""Which alarm is the cause of which others: a graph of what depends on what, and rules over what is known now. No training."""
