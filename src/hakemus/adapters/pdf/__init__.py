"""Report tree to tagged PDF pages; the only home of reportlab and pypdfium2."""
