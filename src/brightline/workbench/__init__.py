"""The workbench: the Django project in which people decide cases. One app a room; see docs."""
