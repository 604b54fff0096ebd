"""Reading the files that clerks have: guarded, in a child process, cell by cell as they stand."""

VERB = "--read-workbook"  # makes the frozen program the child, which has no interpreter beside it
