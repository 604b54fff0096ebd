"""The checks: pure functions over frozen cases, each with its code, demand, clause and grade."""
