"""What the cells of a sheet mean: its headings, what each column answers, which rows are entries."""
