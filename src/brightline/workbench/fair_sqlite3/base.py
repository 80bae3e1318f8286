"""The database wrapper that Django loads: a transaction begins when its turn to write has come."""

from __future__ import annotations

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from brightline.workbench.fair_sqlite3.turns import Turns, turns_at


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own; only the beginning and the end of a transaction differ.

    Meant for `transaction_mode: IMMEDIATE`, where every transaction is a writer's.
    """

    _turn: Turns | None = None

    def _start_transaction_under_autocommit(self) -> None:
        turns = turns_at(str(self.settings_dict["NAME"]))
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        if turns is not None and not turns.take(patience):
            raise OperationalError("database is locked: other writers took too long")
        self._turn = turns
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._over()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._over()  # where the commit fails, a rollback follows

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._over()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._over()

    def _over(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.leave()
