"""Cases in by program and by file: the JSON API, its keys, uploads."""
