"""Reading pages of the old project register."""
