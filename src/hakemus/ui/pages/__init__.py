"""One small module per step; pages do not know each other."""
