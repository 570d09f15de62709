from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Callable

from orders.orders import (
    UnknownProduct,
    create_order,
    find_order,
    list_customer_orders,
    list_orders,
)
from orders.products import find_product_by_sku, search_products

DEFAULT_PAGE_SIZE = 1_000
NEWEST = 2**63 - 1


@dataclass
class Reply:
    status: int
    body: Any


@dataclass
class Call:
    connection: sqlite3.Connection
    params: tuple[str, ...] = ()
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None


@dataclass
class Route:
    name: str
    method: str
    pattern: re.Pattern[str]
    handler: Callable[[Call], Reply]


def get_orders(call: Call) -> Reply:
    page = positive(call.query.get("page"), 1)
    page_size = positive(call.query.get("page_size"), DEFAULT_PAGE_SIZE)
    return Reply(200, {"page": page, "orders": list_orders(call.connection, page, page_size)})


def get_order(call: Call) -> Reply:
    order = find_order(call.connection, int(call.params[0]))
    return not_found("order") if order is None else Reply(200, order)


def post_order(call: Call) -> Reply:
    if not is_new_order(call.body):
        return Reply(400, {"error": "An order needs a customer_id and at least one item."})
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        order_id = create_order(call.connection, call.body["customer_id"], call.body["items"], now)
    except UnknownProduct as error:
        return Reply(400, {"error": str(error)})
    return Reply(201, {"id": order_id})


def get_customer_orders(call: Call) -> Reply:
    before = positive(call.query.get("before"), NEWEST)
    orders = list_customer_orders(call.connection, int(call.params[0]), before, 50)
    return Reply(200, {"orders": orders})


def get_product_search(call: Call) -> Reply:
    words = call.query.get("q", "").strip()
    if not words:
        return Reply(400, {"error": "The search needs a q parameter."})
    return Reply(200, {"products": search_products(call.connection, words)})


def get_product(call: Call) -> Reply:
    product = find_product_by_sku(call.connection, call.params[0])
    return not_found("product") if product is None else Reply(200, product)


ROUTES = [
    Route("GET /api/orders", "GET", re.compile(r"/api/orders"), get_orders),
    Route("POST /api/orders", "POST", re.compile(r"/api/orders"), post_order),
    Route("GET /api/orders/:id", "GET", re.compile(r"/api/orders/(\d+)"), get_order),
    Route(
        "GET /api/customers/:id/orders",
        "GET",
        re.compile(r"/api/customers/(\d+)/orders"),
        get_customer_orders,
    ),
    Route("GET /api/products/search", "GET", re.compile(r"/api/products/search"), get_product_search),
    Route("GET /api/products/:sku", "GET", re.compile(r"/api/products/([\w-]+)"), get_product),
]


def not_found(what: str) -> Reply:
    return Reply(404, {"error": f"There is no such {what}."})


def positive(text: str | None, fallback: int) -> int:
    return int(text) if text and text.isdecimal() and int(text) > 0 else fallback


def is_new_order(body: Any) -> bool:
    if not isinstance(body, dict) or not isinstance(body.get("customer_id"), int):
        return False
    items = body.get("items")
    return isinstance(items, list) and len(items) > 0 and all(is_item(item) for item in items)


def is_item(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("product_id"), int)
        and isinstance(item.get("quantity"), int)
        and item["quantity"] > 0
    )
