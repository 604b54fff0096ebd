"""Writing into a workbook that somebody else made: every part that is not ours stays byte for byte."""
