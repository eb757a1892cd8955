"""What a person sees, in Qt. Imports the core only: reads the mirror, sends commands, paints."""
