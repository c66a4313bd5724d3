"""Report tree to workbook; the only home of XlsxWriter and openpyxl."""
