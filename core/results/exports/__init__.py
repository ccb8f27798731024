"""Results as files: XLSX, CSV and SPSS."""
