"""Watching and steering the queues; reading cases."""
