"""Writers of a SQLite file come first, served first; a turn that is not given back is told."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Thread

import pytest
from django.db import connection, transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.fair_sqlite3.turns import Turns, turns_at

pytestmark = pytest.mark.one_engine


def test_threads_are_served_in_the_order_in_which_they_came(tmp_path):
    turns, order = Turns(str(tmp_path / "db")), []
    assert turns.take(1)
    threads = []
    for number in range(6):

        def work(number=number):
            assert turns.take(10)
            order.append(number)
            turns.leave()

        threads.append(Thread(target=work))
        threads[-1].start()
        threads[-1].join(0.05)  # it waits now
    turns.leave()
    for thread in threads:
        thread.join()
    assert order == list(range(6))


def test_another_process_waits_and_a_killed_one_lets_go(tmp_path):
    database = str(tmp_path / "db")
    holder = subprocess.Popen(
        [sys.executable, "-c",
         "import sys, time; from brightline.workbench.fair_sqlite3.turns import Turns\n"
         "t = Turns(sys.argv[1]); t.take(1); print('mine', flush=True); time.sleep(60)", database],
        stdout=subprocess.PIPE, env=os.environ,
    )  # fmt: skip
    try:
        assert holder.stdout.readline() == b"mine\n"
        turns = Turns(database)
        assert not turns.take(0.1)
        holder.kill()
        holder.wait()
        assert turns.take(5)
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


def test_a_database_in_memory_has_no_turns():
    assert turns_at(":memory:") is None
    assert turns_at("file:memorydb_default?mode=memory&cache=shared") is None


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_gives_its_turn_back():
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own")
    turns = turns_at(str(connection.settings_dict["NAME"]))

    def fail():
        with transaction.atomic():
            User.objects.create_user("x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert turns.take(0.1)
    turns.leave()
    assert not User.objects.exists()
