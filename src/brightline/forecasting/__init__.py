"""What a queue will look like: arrivals by the hour of the week, work in each, people on shift.

Erlang's formula C is wrong for queues that may wait for hours: it knows no closed night, no backlog
from yesterday and no day that differs from the mean. Here the work that came is held against the
work that people could do, hour by hour, many times over with the chances drawn anew.
"""
