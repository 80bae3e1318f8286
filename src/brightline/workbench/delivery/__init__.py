"""What leaves the house: webhooks and mail, at least once, and the jobs that send them."""
