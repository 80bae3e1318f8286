"""Tests of releases: what is in force when, and what becomes of cases."""
