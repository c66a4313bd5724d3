"""The program's place on the desktop: what the system is told of it and of its drafts. Knows no draft's content."""
