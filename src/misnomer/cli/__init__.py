"""The command line: a file per command, over Project only. Nothing heavy is imported before a command runs."""

from misnomer.cli.app import main

__all__ = ["main"]
