"""Copies of the records: made and verified, kept in tiers, listed, looked into, put back."""
