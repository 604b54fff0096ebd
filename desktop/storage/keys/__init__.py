"""Who may open the data: one random data key, locked away once for each account."""
