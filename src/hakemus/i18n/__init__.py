"""Languages as values: catalogues, amounts, dates; parse early, format late."""
