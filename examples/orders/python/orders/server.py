"""python -m orders.server"""

import json
import os
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer

from orders.app import App
from orders.db import open_database
from orders.routes import Reply

DEFAULT_PORT = 4311


class OrdersServer(HTTPServer):
    """Answers one request at a time, because a connection to SQLite belongs to one thread."""

    def __init__(self, app: App, port: int) -> None:
        super().__init__(("127.0.0.1", port), OrdersRequestHandler)
        self.app = app


class OrdersRequestHandler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer(self.server.app.handle("GET", self.path))

    def do_POST(self) -> None:
        try:
            body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
        except ValueError:
            self._answer(Reply(400, {"error": "The body is not JSON."}))
            return
        self._answer(self.server.app.handle("POST", self.path, body))

    def _answer(self, reply: Reply) -> None:
        content = json.dumps(reply.body).encode("utf-8")
        self.send_response(reply.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        """Keeps the terminal quiet: /api/stats tells how the routes are doing."""


def main() -> None:
    port = int(os.environ.get("PORT", DEFAULT_PORT))
    with closing(open_database()) as connection, OrdersServer(App(connection), port) as server:
        print(f"Orders on http://127.0.0.1:{port}/api/orders", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.")


if __name__ == "__main__":
    main()
