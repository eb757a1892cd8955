"""Which devices are there, what they are, and how they are cabled. Asks only where a person said to."""
