"""HTTP over Project: ``create_app`` makes the application, ``serve`` runs it. docs/server.md is its reference."""
