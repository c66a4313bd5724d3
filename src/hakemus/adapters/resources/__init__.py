"""Finding and reading what ships with the program."""
