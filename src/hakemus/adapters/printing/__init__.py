"""The system's print dialog and the very pages of the PDF."""
