"""The way in: first start, login, lock, and the recovery of a forgotten password."""
