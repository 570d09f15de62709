"""Runs SQLite for the prover where Node.js has none: one request a line on standard input, one answer a line on standard output."""

import json
import sqlite3
import sys
import time

connections = {}


def answer(request):
    op = request["op"]
    if op == "open":
        connections[request["name"]] = sqlite3.connect(request["file"], isolation_level=None)
        return sqlite3.sqlite_version
    connection = connections[request["name"]]
    if op == "close":
        connections.pop(request["name"]).close()
        return None
    if op == "insert":
        connection.executemany(request["sql"], request["rows"])
        return None
    if op == "time":
        began = time.perf_counter()
        rows = sum(1 for _ in connection.execute(request["sql"]))
        return {"ms": (time.perf_counter() - began) * 1000, "rows": rows}
    return [list(row) for row in connection.execute(request["sql"])]


def serve():
    for line in sys.stdin:
        try:
            result = {"result": answer(json.loads(line))}
        except Exception as error:  # Whatever goes wrong belongs to this one request.
            result = {"error": str(error)}
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
