"""Requests. The outermost library counts: what requests does, urllib3 and http.client do for it."""

from .recorder import wrap, wrap_async
from .shapes import request_shape


def record_requests(sessions):
    wrap(sessions.Session, "send", "network", "requests", lambda _self, request, *_a, **_k: request_shape(request.method, request.url))


def record_httpx(httpx):
    def shape_of(_self, request, *_args, **_kwargs):
        return request_shape(request.method, request.url)

    wrap(httpx.Client, "send", "network", "httpx", shape_of)
    wrap_async(httpx.AsyncClient, "send", "network", "httpx", shape_of)


def record_urllib3(connectionpool):
    def shape_of(self, method, url, *_args, **_kwargs):
        return request_shape(method, f"{self.scheme}://{self.host}:{self.port}{url}")

    wrap(connectionpool.HTTPConnectionPool, "urlopen", "network", "urllib3", shape_of)


def record_urllib(request):
    def shape_of(_self, fullurl, *_args, **_kwargs):
        url = getattr(fullurl, "full_url", fullurl)
        return request_shape(getattr(fullurl, "get_method", lambda: "GET")(), url)

    wrap(request.OpenerDirector, "open", "network", "urllib", shape_of)


def record_aiohttp(client):
    def shape_of(_self, method, url, *_args, **_kwargs):
        return request_shape(method, url)

    wrap_async(client.ClientSession, "_request", "network", "aiohttp", shape_of)


MODULES = {
    "requests.sessions": record_requests,
    "httpx": record_httpx,
    "urllib3.connectionpool": record_urllib3,
    "urllib.request": record_urllib,
    "aiohttp.client": record_aiohttp,
}
