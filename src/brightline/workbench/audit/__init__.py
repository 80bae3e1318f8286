"""What happened: one append-only event an act, chained by hashes."""
