"""Any entry as a form, built from its ledger's declaration."""
