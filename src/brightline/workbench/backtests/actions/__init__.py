"""One verb a file: check, then do, in one transaction, with one event."""
