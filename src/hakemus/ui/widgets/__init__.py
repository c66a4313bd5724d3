"""Fields, cards, meter and figures that the pages are made of."""
