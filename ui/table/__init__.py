"""Any ledger as a table: a window over SQL, never all rows."""
