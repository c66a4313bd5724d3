"""Languages, and text made of values and read as values. Knows the domain's values and nothing of screen or file."""
