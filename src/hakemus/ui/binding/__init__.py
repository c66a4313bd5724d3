"""Fields and tables of the kit tied to addresses of the session: typed text goes in, what stands comes out."""
