"""The rulebook's life: what is due when, what law the clauses rest on, who changed what and why."""
