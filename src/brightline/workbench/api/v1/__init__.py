"""The first version of the JSON API, at /api/v1/."""
