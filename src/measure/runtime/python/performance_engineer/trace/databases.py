"""Queries through the drivers of the DB-API (PEP 249), and through SQLAlchemy where its driver is another one."""

import functools

from .recorder import recorder, wrap, wrap_async
from .shapes import sql_shape

EXECUTES = ("execute", "executemany")


def statement_of(_self, statement="", *_args, **_kwargs):
    return sql_shape(statement)


def record_sqlite(sqlite3):
    """Its classes are written in C and cannot be changed, so subclasses take their place before others derive theirs."""
    recorded_cursor = recording(sqlite3.Cursor, "sqlite3", (*EXECUTES, "executescript", "fetchall"))

    class Connection(recording(sqlite3.Connection, "sqlite3", (*EXECUTES, "executescript", "commit"))):
        def cursor(self, factory=recorded_cursor):
            return super().cursor(factory)

    Connection.__name__ = Connection.__qualname__ = "Connection"
    connect = sqlite3.connect

    @functools.wraps(connect)
    def recorded(*args, **kwargs):
        if len(args) < 6:
            kwargs.setdefault("factory", Connection)
        return connect(*args, **kwargs)

    for module in (sqlite3, sqlite3.dbapi2):
        module.Cursor, module.Connection, module.connect = recorded_cursor, Connection, recorded


def recording(base, library, names):
    """A subclass whose methods of these names are recorded."""

    def method(name):
        original = getattr(base, name)
        if name in ("commit", "fetchall"):
            # Rows are read and changes reach the disk here; that is part of a query, and none of its own.
            return lambda self: recorder.uncounted("database", original, self)
        call = recorder.call

        def recorded(self, *args, **kwargs):
            return call("database", library, statement_of, original, (self, *args), kwargs)

        return functools.wraps(original)(recorded)

    return type(base.__name__, (base,), {"__module__": base.__module__, **{name: method(name) for name in names}})


def record_psycopg2(psycopg2):
    extensions = psycopg2.extensions
    subclasses = {}

    def cursor_for(base):
        if base not in subclasses:
            subclasses[base] = recording(base, "psycopg2", EXECUTES)
        return subclasses[base]

    class Connection(extensions.connection):
        def cursor(self, *args, **kwargs):
            kwargs["cursor_factory"] = cursor_for(kwargs.get("cursor_factory") or self.cursor_factory or extensions.cursor)
            return super().cursor(*args, **kwargs)

    connect = psycopg2.connect

    @functools.wraps(connect)
    def recorded(*args, **kwargs):
        if kwargs.get("connection_factory") is None and len(args) < 2:
            kwargs["connection_factory"] = Connection
        return connect(*args, **kwargs)

    psycopg2.connect = recorded


def record_psycopg(psycopg):
    for name in EXECUTES:
        wrap(psycopg.Cursor, name, "database", "psycopg", statement_of)
        wrap_async(psycopg.AsyncCursor, name, "database", "psycopg", statement_of)


def record_pymysql(cursors):
    for name in EXECUTES:
        wrap(cursors.Cursor, name, "database", "pymysql", statement_of)


def record_mysqlclient(cursors):
    for name in EXECUTES:
        wrap(cursors.BaseCursor, name, "database", "MySQLdb", statement_of)


def record_asyncpg(connection):
    for name in ("execute", "executemany", "fetch", "fetchrow", "fetchval"):
        wrap_async(connection.Connection, name, "database", "asyncpg", statement_of)


def record_sqlalchemy(default):
    """Where the driver is recorded itself, what it does is inside of this and not counted again."""
    for name in ("do_execute", "do_executemany", "do_execute_no_params"):
        wrap(default.DefaultDialect, name, "database", "sqlalchemy", lambda _self, _cursor, statement="", *_a, **_k: sql_shape(statement))


MODULES = {
    "sqlite3": record_sqlite,
    "psycopg2": record_psycopg2,
    "psycopg": record_psycopg,
    "pymysql.cursors": record_pymysql,
    "MySQLdb.cursors": record_mysqlclient,
    "asyncpg.connection": record_asyncpg,
    "sqlalchemy.engine.default": record_sqlalchemy,
}
