"""``misnomer serve``"""

import gc
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import in_terminal, say, tell
from misnomer.cli.options import ProjectPath

if TYPE_CHECKING:
    from misnomer.project import Project


def serve(
    directory: ProjectPath,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; other machines reach only what is not loopback.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option(metavar="N", help="Which port; 0: any free one; else 5077 or the next free one.")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Refuse every change.")] = False,
    compute: Annotated[
        bool, typer.Option("--compute", help="Do what is not computed yet, in the background of the pages.")
    ] = False,
    root_path: Annotated[
        str, typer.Option(metavar="PATH", help="The path below which a proxy shows the pages, such as /misnomer.")
    ] = "",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A further name the server may be asked for, a proxy's; *: any."),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
) -> None:
    """Show the project's pages in the browser, until Ctrl-C.

    Only who has the printed URL can see them.

    \b
    Example: misnomer serve pets.misnomer
    """
    from misnomer.errors import InputError

    if compute and read_only:
        raise InputError("--compute changes the project, and --read-only forbids it.", hint="Leave out one of them.")
    gc.disable()  # until it is ready: what is imported and made stays, and collecting would look through it many times
    try:
        from misnomer.project import open_project

        with open_project(directory, read_only=read_only, shared=True) as project:
            serve_project(
                project,
                host=host,
                port=port,
                read_only=read_only,
                compute=compute,
                root_path=root_path,
                allowed_hosts=tuple(allow_host or ()),
                open_browser=not no_browser,
            )
    finally:
        gc.unfreeze()  # else DuckDB reports at the end that its types have not been freed
        gc.enable()


def serve_project(
    project: "Project",
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    read_only: bool = False,
    compute: bool = False,
    root_path: str = "",
    allowed_hosts: tuple[str, ...] = (),
    open_browser: bool = True,
) -> None:
    """Serve an open project until it is stopped, and say where."""
    import webbrowser

    from misnomer.server.serve import Server

    server = Server(
        project, host=host, port=port, read_only=read_only, root_path=root_path, allowed_hosts=allowed_hosts
    )

    def on_ready() -> None:
        gc.freeze()
        gc.enable()
        if compute:
            server.start_computing()

    say(server.url)
    sys.stdout.flush()
    tell("The pages are at this URL; Ctrl-C stops them.")
    if open_browser and in_terminal(sys.stdout):
        webbrowser.open(server.url)

    server.run_until_stopped(on_ready)
    tell("Stopped.")
