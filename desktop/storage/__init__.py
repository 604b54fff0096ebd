"""One folder a unit: its database, its files, and what is noticed on every flush."""
