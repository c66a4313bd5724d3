"""Tables of rows: one model, one delegate, columns as data."""
