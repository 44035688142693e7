"""Column types that mean the same on SQLite and PostgreSQL, and the one MetaData that all tables share."""

from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Dialect,
    Index,
    MetaData,
    Text,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)

# Ids compare byte by byte on both databases, so that keyset cursors agree with ORDER BY.
Id = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
# Milliseconds since 1970 UTC, see clock.py.
Instant = BigInteger


def partial_index(name: str, *columns: Column[Any], where: ColumnElement[bool], unique: bool = False) -> Index:
    """An index over the rows that meet `where`, on both databases."""
    return Index(name, *columns, unique=unique, postgresql_where=where, sqlite_where=where)


class Json(TypeDecorator[Any]):
    """A JSON document kept as text on both databases: read and written whole, never queried inside."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else msgspec.json.decode(value)


class TextList(TypeDecorator[list[str]]):
    """A bound list of texts: an array on PostgreSQL, a JSON array on SQLite. Use it through `any_of`."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(postgresql.ARRAY(Text) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else msgspec.json.encode(value).decode()


class any_of(ColumnElement[bool]):  # noqa: N801 - reads as a function in a statement
    """`any_of(column, "ids")`: the column is one of the texts bound to `ids`; one statement for lists of any length."""

    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.values: BindParameter[Any] = bindparam(name, type_=TextList())


@compiles(any_of, "postgresql")
def _any_on_postgres(element: any_of, compiler: Any, **kw: Any) -> str:
    return f"{compiler.process(element.column, **kw)} = ANY({compiler.process(element.values, **kw)})"


@compiles(any_of, "sqlite")
def _any_on_sqlite(element: any_of, compiler: Any, **kw: Any) -> str:
    values: Any = select(literal_column("value")).select_from(func.json_each(element.values))
    return f"{compiler.process(element.column, **kw)} IN ({compiler.process(values, **kw)})"
