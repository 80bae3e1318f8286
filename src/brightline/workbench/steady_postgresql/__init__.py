"""Django's PostgreSQL, whose connections are not asked at every request whether they live."""
