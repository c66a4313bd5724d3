"""The neutral tree of headings, fields, tables and figures that every output renders."""
