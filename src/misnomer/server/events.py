"""Server-sent events: what happens in the project, told to every page that listens."""

import asyncio
import threading
from collections.abc import AsyncIterator

_ALIVE_SECONDS = 15
_WAITING_EVENTS = 100


class Events:
    """Passes events from any thread to the listening pages."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[asyncio.Queue[str | None], asyncio.AbstractEventLoop] = {}
        self._closed = False

    def tell(self, name: str, data: str) -> None:
        """Send an event with its JSON to every listener; from any thread."""
        self._put(f"event: {name}\ndata: {data}\n\n")

    def close(self) -> None:
        """End every listener's stream, so that the server can stop."""
        self._closed = True
        self._put(None)

    def _put(self, event: str | None) -> None:
        with self._lock:
            listeners = list(self._listeners.items())
        for queue, loop in listeners:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_offer, queue, event)

    async def listen(self) -> AsyncIterator[str]:
        """The stream of one listener; a comment now and then keeps proxies from closing it."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(_WAITING_EVENTS)
        with self._lock:
            self._listeners[queue] = asyncio.get_running_loop()
        try:
            yield ": listening\n\n"
            while not self._closed:
                try:
                    event = await asyncio.wait_for(queue.get(), _ALIVE_SECONDS)
                except TimeoutError:
                    event = ": alive\n\n"
                if event is None:
                    break
                yield event
        finally:
            with self._lock:
                del self._listeners[queue]


def _offer(queue: "asyncio.Queue[str | None]", event: str | None) -> None:
    """A listener that does not read loses the oldest events, never the last: each tells the whole state of its job."""
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(event)
