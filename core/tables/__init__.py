"""Tables as files that spreadsheets open: XLSX and CSV, with every cell and heading guarded against formulas."""
