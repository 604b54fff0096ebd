"""Reading what is left of a database file that no longer opens, page by page, into a new folder."""
