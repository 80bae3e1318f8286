"""Statements compiled once: the ORM says what to ask, and is spared saying it again each time.

Django works out the SQL of a queryset anew at every call, which costs four times what SQLite needs
to answer (docs/decisions/010). The few statements that every answer and decision of a moderator
runs are kept here as SQL; what they mean stays in the models and querysets that they come from.

    _HELD = Ready(lambda v: Task.objects.filter(pk=v("task"), claimed_by=v("person")),
                  task=int, person=int)
    task = _HELD.first(task=7, person=3)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models import query as orm
from django.db.models.sql import InsertQuery, UpdateQuery

M = TypeVar("M", bound=models.Model)
Hole = Callable[[str], Any]

_POPULATORS: Any = orm.get_related_populators
_FAR = datetime(1907, 3, 9, 1, 2, 3, tzinfo=UTC)


def _stand_in(kind: type, place: int) -> Any:
    """A value that stands for a hole while a statement is compiled, and is found again in it."""
    if kind is int:
        return 1_907_030_900 + place
    if kind is str:
        return f"\ue000{place}\ue000"
    if kind is datetime:
        return _FAR + timedelta(days=place)
    raise TypeError(kind)


def _prepared(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL, its values, and which of them are holes: (place among the values, name)."""

    sql: str
    values: tuple[Any, ...]
    holes: tuple[tuple[int, str], ...]

    def filled(self, given: dict[str, Any]) -> list[Any]:
        values = list(self.values)
        for place, name in self.holes:
            values[place] = _prepared(given[name])
        return values


class _Compiled:
    """What is compiled once for each kind of database."""

    def __init__(self, kinds: dict[str, type]) -> None:
        self._kinds = kinds
        self._known: dict[str, Any] = {}

    def _holes(self) -> dict[str, Any]:
        return {name: _stand_in(kind, n) for n, (name, kind) in enumerate(self._kinds.items())}

    def _statement(self, sql: str, values: Sequence[Any]) -> _Statement:
        standing = {_prepared(value): name for name, value in self._holes().items()}
        holes = tuple(
            (place, standing[value])
            for place, value in enumerate(values)
            if isinstance(value, (int, str, datetime)) and value in standing
        )
        if {name for _place, name in holes} != set(self._kinds):
            raise TypeError("a value of the statement is lost in it, or changed by its field")
        return _Statement(sql, tuple(values), holes)


class Ready(_Compiled, Generic[M]):
    """A queryset of models, with holes for ints, strings and moments.

    `build` gets a function that names the holes. No prefetching; `select_related` is fine, and so
    is `only`, but a queryset must not depend on anything else that changes.
    """

    def __init__(self, build: Callable[[Hole], models.QuerySet[M]], **kinds: type) -> None:
        super().__init__(kinds)
        self._build = build

    def rows(self, **values: Any) -> list[M]:
        """The models found."""
        kept = self._known.get(connection.vendor)
        if kept is None:
            kept = self._known[connection.vendor] = self._compiled()
        statement, converters, model, names, start, end, populators = kept
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.filled(values))
            found = cursor.fetchall()
        made = []
        for got in found:
            row = list(got)
            for place, (functions, expression) in converters:
                for function in functions:
                    row[place] = function(row[place], expression, connection)
            one = model.from_db(connection.alias, names, row[start:end])
            for populator in populators:
                populator.populate(row, one)
            made.append(one)
        return made

    def first(self, **values: Any) -> M | None:
        """The first model found, or None."""
        found = self.rows(**values)
        return found[0] if found else None

    def _compiled(self) -> tuple[Any, ...]:
        queryset = self._build(self._holes().__getitem__)
        compiler: Any = queryset.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        about = compiler.klass_info
        start, end = about["select_fields"][0], about["select_fields"][-1] + 1
        return (
            self._statement(sql, values),
            tuple(compiler.get_converters([one[0] for one in compiler.select]).items()),
            about["model"],
            [one[0].target.attname for one in compiler.select[start:end]],
            start,
            end,
            _POPULATORS(about, compiler.select, connection.alias),
        )


class ReadyValues(_Compiled):
    """A queryset of `values_list`, with holes; rows come as the database gives them, so only for
    columns that need no conversion: numbers, text, truth where the database has it."""

    def __init__(self, build: Callable[[Hole], models.QuerySet[Any, Any]], **kinds: type) -> None:
        super().__init__(kinds)
        self._build = build

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows found."""
        kept = self._known.get(connection.vendor)
        if kept is None:
            compiler = self._build(self._holes().__getitem__).query.get_compiler(
                connection=connection
            )
            kept = self._known[connection.vendor] = self._statement(*compiler.as_sql())
        with connection.cursor() as cursor:
            cursor.execute(kept.sql, kept.filled(values))
            return list(cursor.fetchall())


class ReadyUpdate(_Compiled):
    """An update of a queryset, with holes in its filter and in what is written."""

    def __init__(
        self,
        build: Callable[[Hole], models.QuerySet[Any]],
        written: Callable[[Hole], dict[str, Any]],
        **kinds: type,
    ) -> None:
        super().__init__(kinds)
        self._build, self._written = build, written

    def run(self, **values: Any) -> int:
        """Write; how many rows."""
        kept = self._known.get(connection.vendor)
        if kept is None:
            hole = self._holes().__getitem__
            query: Any = self._build(hole).query.chain(UpdateQuery)
            query.add_update_values(self._written(hole))
            sql, found = query.get_compiler(connection=connection).as_sql()
            kept = self._known[connection.vendor] = self._statement(sql, found)
        with connection.cursor() as cursor:
            cursor.execute(kept.sql, kept.filled(values))
            return int(cursor.rowcount)


class ReadyInsert(Generic[M]):
    """Adds rows of a model, one at a time; no signals of Django's are sent."""

    def __init__(self, model: type[M]) -> None:
        self._model = model
        self._known: dict[str, tuple[str, list[Any], Any]] = {}

    def add(self, one: M) -> M:
        """Insert a row; its key is set where the database makes it."""
        kept = self._known.get(connection.vendor)
        if kept is None:
            kept = self._known[connection.vendor] = self._compiled(one)
        sql, fields, made = kept
        values = [field.get_db_prep_save(field.pre_save(one, True), connection) for field in fields]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            if made is not None:
                setattr(one, made.attname, cursor.fetchone()[0])
        one._state.adding, one._state.db = False, connection.alias
        return one

    def _compiled(self, one: M) -> tuple[str, list[Any], Any]:
        about = self._model._meta
        made = about.auto_field
        fields = [field for field in about.concrete_fields if field is not made]
        query: Any = InsertQuery(self._model)
        query.insert_values(fields, [one])
        compiler = query.get_compiler(connection=connection)
        if made is not None:
            compiler.returning_fields = [made]
        return compiler.as_sql()[0][0], fields, made
