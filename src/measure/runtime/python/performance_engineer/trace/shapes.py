"""Operations without their values: what a user types never reaches the evidence."""

import functools
import re
from urllib.parse import urlsplit

LONGEST_SHAPE = 500

# Comments, strings, numbers that stand alone, placeholders, and white space. Double quotes enclose names.
PARTS = re.compile(
    r"(--[^\n]*|/\*.*?\*/|\s+)|'(?:[^']|'')*'|(?<![\w$])(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)\b"
    r"|\$\d+\b|(?<![:\w]):[a-z_]\w*|@[a-z_]\w*|%s|%\(\w+\)s|\?\d*",
    re.IGNORECASE | re.DOTALL,
)
LISTS = re.compile(r"\(\s*\?(?:\s*,\s*\?)*\s*\)(?:\s*,\s*\(\s*\?(?:\s*,\s*\?)*\s*\))*")


@functools.lru_cache(maxsize=2000)
def sql_of(text):
    shape = PARTS.sub(lambda match: " " if match.group(1) else "?", text)
    return LISTS.sub("(?)", re.sub(r"\s+", " ", shape)).strip()[:LONGEST_SHAPE]


def sql_shape(statement):
    """Drivers take text, bytes, and objects that make text of themselves."""
    if isinstance(statement, bytes):
        statement = statement.decode("utf-8", "replace")
    return sql_of(statement) if isinstance(statement, str) else "(statement)"


VARIABLE_SEGMENT = re.compile(r"\d+|[\da-f]{8,}|[\da-f]{8}-[\da-f-]{27,}|[\w-]{24,}", re.IGNORECASE)


def request_shape(method, address):
    """ "GET https://host/orders/:id": without the values in the path, and without the query."""
    try:
        parts = urlsplit(str(address))
    except ValueError:
        return f"{method} (address)"
    segments = (":id" if VARIABLE_SEGMENT.fullmatch(segment) else segment for segment in parts.path.split("/"))
    host = parts.netloc.rpartition("@")[2]
    return f"{str(method).upper()} {parts.scheme}://{host}{'/'.join(segments)}"[:LONGEST_SHAPE]
