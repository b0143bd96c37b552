"""Who may ask: the token, the Host that was asked for, the Origin of the page that asks; and what every answer says.

A page elsewhere must neither read answers nor make changes. There are three locks. A request brings the token, as a
header or as a cookie that browsers send from our own pages only (SameSite=Strict). Its Host is ours: no foreign name
that was made to point at this machine (DNS rebinding). Its Origin, where a browser tells it, is our own page.
"""

import hmac
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from misnomer.server.problems import problem_response

LOOPBACK = ("localhost", "127.0.0.1", "::1")
ANY_HOST = "*"
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
LONGEST_BODY = 64 * 1024 * 1024


@dataclass(frozen=True)
class Access:
    """Who may ask.

    Attributes:
        token: what every request must bring; None: nothing is asked for.
        hosts: names under which the server may be asked for, besides the loopback's; ``*``: any.
        cookie_name: of this server, since cookies are kept by host and not by port.
        root_path: the path below which a proxy shows the server; whether the proxy takes it off or leaves it there.
        embeddable: whether pages of other servers (a notebook's) may show this one in a frame.
    """

    token: str | None
    hosts: tuple[str, ...] = ()
    cookie_name: str = "misnomer"
    root_path: str = ""
    embeddable: bool = False


class Guard:
    """ASGI middleware: refuses what Access does not allow, and adds the headers of every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access
        self._headers = _headers(access.embeddable)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await _close(receive, send)
            return

        root_path = self._access.root_path
        if root_path and scope["path"].startswith(f"{root_path}/"):
            scope = {**scope, "path": scope["path"].removeprefix(root_path)}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope) or self._login(scope)
        if answer is None:
            await self._app(scope, _bounded(receive), send_with_headers)
        else:
            await answer(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer to who may not ask, token or not."""
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if not self._is_ours(host):
            name = _name(host)
            return problem_response(
                403,
                "wrong_host",
                f"{name!r} is not a name of this server.",
                f"If it is meant, start it with --allow-host {name}." if name else "",
            )
        if origin is not None and not self._is_own_page(origin, host):
            return problem_response(403, "wrong_origin", f"A page of {origin!r} may not ask here.")
        foreign = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        if foreign and scope["method"] not in _SAFE_METHODS:
            return problem_response(403, "wrong_origin", "A page of another server may not change anything here.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LONGEST_BODY:
            return problem_response(413, "too_large", f"More than {LONGEST_BODY >> 20} MiB.")
        return None

    def _is_ours(self, host: str) -> bool:
        hosts = self._access.hosts
        return ANY_HOST in hosts or _name(host) in (*LOOPBACK, *hosts)

    def _is_own_page(self, origin: str, host: str) -> bool:
        """Whether a page was loaded from here; behind a proxy its host is one of those that are allowed."""
        address = origin.partition("://")[2]
        hosts = self._access.hosts
        return address == host or (address != "" and (ANY_HOST in hosts or _name(address) in hosts))

    def _login(self, scope: Scope) -> Response | None:
        """The answer to who has no token, or who brings it in the URL; None to who may go on."""
        if self._access.token is None:
            return None
        headers = Headers(scope=scope)
        is_page = not scope["path"].startswith("/api/")
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        tokens = [value for name, value in query if name == "token"]
        if is_page and tokens and scope["method"] == "GET":
            if self._is_token(tokens[-1]):
                return self._with_cookie(scope, [pair for pair in query if pair[0] != "token"])
            return _no_token_page()
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is_token(given.strip()):
            return None
        if any(self._is_token(value) for value in _cookies(headers, self._access.cookie_name)):
            return None
        if not is_page:
            return problem_response(401, "no_token", "The request brings no valid token.", _LOGIN_HINT)
        # A browser that comes from another site leaves our cookie out; it sends it when our own page loads itself.
        return _again_page() if headers.get("sec-fetch-site") == "cross-site" else _no_token_page()

    def _is_token(self, given: str) -> bool:
        token = self._access.token or ""
        return hmac.compare_digest(given.encode(errors="surrogateescape"), token.encode())

    def _with_cookie(self, scope: Scope, query: list[tuple[str, str]]) -> Response:
        """To the same page without the token in its URL; relative, whatever a proxy puts before it."""
        page = scope["path"].rpartition("/")[2] or "./"
        response = RedirectResponse(f"{quote(page)}?{urlencode(query)}" if query else quote(page), 303)
        response.headers["Cache-Control"] = "no-store"
        response.set_cookie(
            self._access.cookie_name,
            self._access.token or "",
            path=self._access.root_path or "/",
            httponly=True,
            samesite="strict",
        )
        return response


_LOGIN_HINT = "Open the URL that misnomer printed when it started, or send the header Authorization: Bearer TOKEN."


def _name(host: str) -> str:
    """A host without its port, in lower case.

    >>> _name("[::1]:5077"), _name("Localhost:5077")
    ('::1', 'localhost')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _cookies(headers: Headers, name: str) -> list[str]:
    """Every value of a cookie."""
    pairs = (pair.strip().partition("=") for line in headers.getlist("cookie") for pair in line.split(";"))
    return [value.strip('"') for found, _, value in pairs if found == name]


def _bounded(receive: Receive) -> Receive:
    """Refuse a body that turns out to be longer than may be sent, however it is sent."""
    received = 0

    async def receive_bounded() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > LONGEST_BODY:
            raise HTTPException(413, f"More than {LONGEST_BODY >> 20} MiB")
        return message

    return receive_bounded


def _no_token_page() -> Response:
    return HTMLResponse(
        _PAGE.format(head="", text=f"This project is private. {_LOGIN_HINT}"),
        401,
        headers={"Cache-Control": "no-store"},
    )


def _again_page() -> Response:
    refresh = '<meta http-equiv="refresh" content="0">'
    return HTMLResponse(_PAGE.format(head=refresh, text="Opening …"), 200, headers={"Cache-Control": "no-store"})


_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    "{head}<title>misnomer</title></head><body><main><h1>misnomer</h1><p>{text}</p></main></body></html>"
)


def _headers(embeddable: bool) -> dict[str, str]:
    policy = {
        "default-src": "'self'",
        "img-src": "'self' blob: data:",
        "style-src": "'self' 'unsafe-inline'",  # Vega and the components of the pages set styles of elements
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if not embeddable:
        policy["frame-ancestors"] = "'none'"
        headers["X-Frame-Options"] = "DENY"
    return {"Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()), **headers}


async def _close(receive: Receive, send: Send) -> None:
    """No WebSocket is served."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})
