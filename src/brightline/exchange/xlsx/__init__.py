"""A rulebook as a workbook that a policy team edits, and back: a sheet an SOP, a clause a row."""
