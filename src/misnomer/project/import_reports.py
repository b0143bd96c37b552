"""The import report, kept in the project and told to the user."""

from misnomer.project.results import ImportFinding, ImportSummary
from misnomer.readers.report import Finding, ImportReport
from misnomer.store import imports
from misnomer.store.database import Database


def save_report(
    database: Database, report: ImportReport, *, changed: bool, key_limit: int, model: str | None = None
) -> ImportSummary:
    """Keep the report unless the project has just this one and nothing changed; returns it for the user."""
    stored = imports.StoredImport(
        content=report.content,
        source=report.source,
        model=model,
        format=report.format,
        counts=report.counts,
        findings=tuple(
            imports.StoredFinding(finding.kind, finding.count, finding.detail, finding.keys)
            for finding in report.findings
        ),
    )
    if changed or not imports.has_import(database, stored):
        imports.save_import(database, stored)
    return summary_of(stored, key_limit=key_limit, changed=changed)


def summary_of(stored: imports.StoredImport, *, key_limit: int, changed: bool | None = None) -> ImportSummary:
    """A stored report as the faces show it, with at most ``key_limit`` keys a finding."""
    return ImportSummary(
        content=stored.content,
        source=stored.source,
        model=stored.model,
        format=stored.format,
        counts=stored.counts,
        findings=tuple(_finding(finding, key_limit) for finding in stored.findings),
        changed=changed,
    )


def _finding(stored: imports.StoredFinding, key_limit: int) -> ImportFinding:
    sentence = Finding(stored.kind, stored.count, stored.keys, stored.detail).sentence
    return ImportFinding(
        kind=stored.kind,
        count=stored.count,
        sentence=sentence,
        detail=stored.detail,
        keys=stored.keys[:key_limit],
    )
