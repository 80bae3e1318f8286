"""How Django writes numbers and days, in a language."""
