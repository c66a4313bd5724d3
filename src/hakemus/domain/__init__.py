"""Pure values of an application: no Qt, no files, no clock."""
