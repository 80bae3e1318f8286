"""The verbs of the command line, one a file: parse, call the library once, lay out the answer."""
