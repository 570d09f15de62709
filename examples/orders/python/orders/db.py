import sqlite3
from pathlib import Path

APPLICATION = Path(__file__).resolve().parent.parent
SCHEMA_FILE = APPLICATION.parent / "schema.sql"
DATABASE_FILE = APPLICATION / "orders.db"


def open_database(file: Path = DATABASE_FILE) -> sqlite3.Connection:
    """Opens the application's database; it has to exist."""
    if not Path(file).exists():
        raise FileNotFoundError(
            f'There is no database at {file}. Run "node prepare.mjs" in the example\'s folder first.'
        )
    return _configured(sqlite3.connect(str(file)))


def open_empty_database() -> sqlite3.Connection:
    """An empty database in memory with the application's tables."""
    connection = _configured(sqlite3.connect(":memory:", check_same_thread=False))
    connection.executescript(SCHEMA_FILE.read_text(encoding="utf-8"))
    return connection


def _configured(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
