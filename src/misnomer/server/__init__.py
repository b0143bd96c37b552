"""HTTP over Project: ``App`` is the application, ``serve`` runs it. docs/server.md is its reference."""
