"""Any ledger as a table."""
