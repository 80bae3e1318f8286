"""Cases on files: partitioned Parquet that back-tests read, with labels and decisions beside it."""
