"""The window: draws the session, sends it intents, keeps no second copy of state."""
