"""Cases, the tasks of people on them, and the decisions."""
