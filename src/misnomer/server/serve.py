"""Running the application: a port, a token, and a clean end."""

import contextlib
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from misnomer import settings
from misnomer.errors import InputError
from misnomer.project import Project
from misnomer.store.server_note import noted_server

if TYPE_CHECKING:
    from misnomer.server.app import App
    from misnomer.server.served import Served

_PORTS_TRIED = 20
_LAST_WORDS_SECONDS = 5


class Server(uvicorn.Server):
    """A server of one project on one port.

    It listens as soon as it is made, and makes the application when it runs: who asks meanwhile waits. A browser that
    is sent to the URL at once starts while the rest is imported.

    Args:
        host: the address to listen at; other machines reach it only if it is not the loopback's.
        port: 0: any free one; None: the setting's, or the next free one.
        read_only: refuse every change.
        root_path: the path below which a proxy shows it.
        allowed_hosts: further names under which it may be asked for; ``*``: any.
        embeddable: whether a notebook's page may show it in a frame.

    Raises:
        InputError: the port is taken, or the address is not this machine's.
    """

    def __init__(
        self,
        project: Project,
        *,
        host: str = "127.0.0.1",
        port: int | None = None,
        read_only: bool = False,
        root_path: str = "",
        allowed_hosts: tuple[str, ...] = (),
        embeddable: bool = False,
    ) -> None:
        self._project = project
        self._read_only = read_only
        self._socket = _listening_socket(host, port)
        self._host, self.port = host, int(self._socket.getsockname()[1])
        self.token = _token()
        self.root_path = root_path.rstrip("/")
        self._allowed_hosts = allowed_hosts
        self._embeddable = embeddable
        self._served: Served | None = None
        config = uvicorn.Config(
            self._application,
            factory=True,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_LAST_WORDS_SECONDS,
        )
        super().__init__(config)

    def _application(self) -> "App":
        from misnomer.server.access import Access
        from misnomer.server.app import App

        access = Access(
            self.token,
            hosts=tuple(name.lower() for name in (self._host, *self._allowed_hosts) if name not in _EVERY_ADDRESS),
            cookie_name=f"misnomer_{self.port}",
            root_path=self.root_path,
            embeddable=self._embeddable,
        )
        self._app = App(self._project, access, read_only=self._read_only, reads_ahead=True)
        return self._app

    @property
    def url(self) -> str:
        """Where the pages are, with the token."""
        host = "127.0.0.1" if self._host in _EVERY_ADDRESS else self._host
        name = f"[{host}]" if ":" in host else host
        return f"http://{name}:{self.port}{self.root_path}/?token={self.token}"

    def run_until_stopped(self, on_ready: Callable[[], None] = lambda: None) -> None:
        """Serve until SIGINT or SIGTERM, or ``should_exit``; jobs stop at their next chunk."""
        self._on_ready = on_ready
        with noted_server(self._project.path, self.url.partition("?")[0]):
            self.run([self._socket])

    def start_computing(self) -> None:
        """Do what is not computed yet, as a job in the background of a server that is ready."""
        if self._served is not None:
            self._served.jobs.start(())

    def stop(self) -> None:
        """End, from any thread: first the streams of events, which would never end by themselves."""
        self._end_events()
        self.should_exit = True

    def _end_events(self) -> None:
        if self._served is not None:
            self._served.events.close()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer; say so when there is nothing left that has to wait."""
        await super().startup(sockets)
        self._served = (await self._app.api()).state.served
        self._on_ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End by a signal."""
        self._end_events()
        super().handle_exit(sig, frame)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, except that a signal does not end the process afterwards: the project is still to be closed."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {sig: signal.signal(sig, self.handle_exit) for sig in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)


_EVERY_ADDRESS = ("", "0.0.0.0", "::", "*")


def _token() -> str:
    token = settings.get_str("token")
    return secrets.token_urlsafe(32) if token == "random" else token


def _listening_socket(host: str, port: int | None) -> socket.socket:
    first = settings.get_int("port") if port is None else port
    ports = range(first, first + _PORTS_TRIED) if port is None else (first,)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in ports:
        # Named as TCP, so that asyncio sets TCP_NODELAY; else each answer waits 40 ms for an acknowledgement.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen()
        except OSError as problem:
            listening.close()
            reason = problem.strerror or str(problem)
            continue
        except OverflowError:
            listening.close()
            raise InputError(f"There is no port {candidate}.", hint="Ports are 1 to 65535; 0: any free one.") from None
        return listening
    raise InputError(
        f"Cannot listen at {host}, port {first}: {reason}.", hint="Choose another: --port N; --port 0: any free one."
    )
