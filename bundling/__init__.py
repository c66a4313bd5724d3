"""How the program is made into something that needs no Python: recipes for three systems, and what they share."""
