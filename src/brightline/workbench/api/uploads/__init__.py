"""Files of cases: kept, looked at, read row by row by a job."""
