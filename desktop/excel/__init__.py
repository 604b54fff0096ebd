"""Workbooks: write our layouts and templates, read what a clerk brings. Nothing here knows the database."""
