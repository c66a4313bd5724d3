"""Edges of the program: files, resources, PDF, Excel, printing."""
