"""Screening on more than one machine: the same decisions, made by the executors of Apache Spark.

Only the driver (`screen`) talks to Spark. What decides is `screening.batches.BatchDecider`, here as
on one machine. Modules that import pyspark do so inside functions: it is an extra.
"""
