"""The pages of this room: thin; each parses, calls one verb, and renders."""
