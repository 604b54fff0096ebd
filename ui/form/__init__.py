"""Any entry as a form."""
