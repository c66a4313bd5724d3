"""The long checks and their figures. Standard library only; the tests at full size are pytest's."""
