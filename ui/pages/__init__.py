"""One file a page; each receives a Desk and nothing else."""
