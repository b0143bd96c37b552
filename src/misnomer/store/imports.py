"""Import reports: the latest of each source."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from misnomer.store.database import Database


@dataclass(frozen=True)
class StoredFinding:
    """One kind of oddity with its count and the keys concerned."""

    kind: str
    count: int
    detail: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class StoredImport:
    """What one import recognised, matched and met; ``model`` for predictions."""

    content: str
    source: str
    model: str | None
    format: str
    counts: dict[str, int]
    findings: tuple[StoredFinding, ...]


def save_import(database: Database, report: StoredImport) -> None:
    """Keep a report, in place of an earlier one of the same source."""
    with database.transaction():
        identity = [report.content, report.source, report.model]
        condition = "content = ? and source = ? and model is not distinct from ?"
        import_id = database.value(f"select import_id from imports where {condition}", identity)
        if import_id is None:
            import_id = database.value("select coalesce(max(import_id) + 1, 0) from imports")
        database.execute("delete from imports where import_id = ?", [import_id])
        database.execute("delete from findings where import_id = ?", [import_id])
        database.execute(
            "insert into imports values (?, ?, ?, ?, ?, ?)",
            [import_id, *identity, report.format, json.dumps(report.counts)],
        )
        for position, finding in enumerate(report.findings):
            database.execute(
                "insert into findings values (?, ?, ?, ?, ?, ?)",
                [import_id, position, finding.kind, finding.count, finding.detail, list(finding.keys)],
            )


def has_import(database: Database, report: StoredImport) -> bool:
    """Whether a report that tells the same of the same source is kept; counts of what was new may differ."""
    return any(replace(kept, counts=report.counts) == report for kept in imports(database))


def imports(database: Database, *, key_limit: int | None = None) -> list[StoredImport]:
    """Every report, in the order of importing, with at most ``key_limit`` keys a finding."""
    return [
        StoredImport(content, source, model, format, json.loads(counts), _findings(database, import_id, key_limit))
        for import_id, content, source, model, format, counts in database.rows(
            "select import_id, content, source, model, format, counts from imports order by import_id"
        )
    ]


def _findings(database: Database, import_id: int, key_limit: int | None) -> tuple[StoredFinding, ...]:
    keys = "keys" if key_limit is None else f"keys[1:{int(key_limit)}]"
    rows: Sequence[tuple[str, int, str, list[str]]] = database.rows(
        f"select kind, count, detail, {keys} from findings where import_id = ? order by position", [import_id]
    )
    return tuple(StoredFinding(kind, count, detail, tuple(found)) for kind, count, detail, found in rows)
