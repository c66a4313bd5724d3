"""The frame round every step: rail of steps, help and findings, meter. It never moves; only the middle changes."""
