"""The desk of those who write the rules: everything that asks for a change comes in here."""
