"""Made-up people, cases and decisions for the demonstration."""
