"""Results as files: CSV, XLSX and Parquet, written piece by piece."""
