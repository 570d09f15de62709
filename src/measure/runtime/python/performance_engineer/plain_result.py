"""What a call returned, as JSON that another process can compare.

{"value": tree} or {"why": "..."} where it cannot be compared. What JSON does not know is
{"$": kind, "of": ...}. plainResult.mjs writes the same form.
"""

import dataclasses
import datetime
import decimal
import hashlib
import json
import math

# A result of more parts than these is not worth carrying from process to process.
MOST_PARTS = 200_000


class NotComparable(Exception):
    pass


def plain_result(result):
    try:
        return {"value": Plain().of(result)}
    except NotComparable as error:
        return {"why": str(error)}


class Plain:
    def __init__(self):
        self.parts = 0
        self.above = set()

    def of(self, value):
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise NotComparable("it is too large")
        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, int):
            return value if abs(value) < 2**53 else tagged("number", str(value))
        if isinstance(value, float):
            return value if math.isfinite(value) else tagged("number", repr(value))
        if isinstance(value, (bytes, bytearray, memoryview)):
            return tagged("bytes", f"{len(value)} bytes, sha256 {hashlib.sha256(value).hexdigest()}")
        if isinstance(value, (datetime.date, datetime.time, datetime.timedelta, decimal.Decimal, complex)):
            return tagged(type(value).__name__, str(value))
        return self.within(value)

    def within(self, value):
        """Objects that hold themselves are told by where they begin again."""
        if id(value) in self.above:
            return tagged("cycle")
        self.above.add(id(value))
        try:
            return self.of_object(value)
        finally:
            self.above.discard(id(value))

    def of_object(self, value):
        if isinstance(value, list):
            return [self.of(item) for item in value]
        if isinstance(value, tuple):
            return tagged("tuple", [self.of(item) for item in value])
        if isinstance(value, dict):
            if all(isinstance(key, str) for key in value):
                return {key: self.of(value[key]) for key in sorted(value)}
            return tagged("map", [[self.of(key), self.of(item)] for key, item in value.items()])
        if isinstance(value, (set, frozenset)):
            return tagged("set", sorted((self.of(item) for item in value), key=json.dumps))
        if isinstance(value, BaseException):
            return tagged("error", [type(value).__name__, str(value)])
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: self.of(getattr(value, field.name)) for field in dataclasses.fields(value)}
        if hasattr(value, "__next__") or callable(value):
            raise NotComparable("it is a function or an iterator, whose items come later")
        if hasattr(value, "__dict__"):
            return {key: self.of(item) for key, item in sorted(vars(value).items())}
        raise NotComparable(f"it holds a {type(value).__name__}")


def tagged(kind, of=None):
    return {"$": kind} if of is None else {"$": kind, "of": of}
