"""Django's SQLite, with writers that take turns in the order in which they came."""
