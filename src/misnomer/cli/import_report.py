"""What an import recognised, matched and met, for people."""

from typing import TYPE_CHECKING

from misnomer import settings
from misnomer.cli.console import one_line, say, say_json
from misnomer.cli.words import first_of

if TYPE_CHECKING:
    from misnomer.project.results import ImportSummary

_ALWAYS_TOLD = ("rows", "matched", "samples")


def answer_import(summary: "ImportSummary", *, json: bool) -> None:
    """The answer of a command that adds something: its import report, as text or as JSON."""
    if json:
        say_json(summary.to_dict())
    else:
        say_import(summary)


def say_import(summary: "ImportSummary") -> None:
    """Print an import report: a line of what it was, one of what happened, one a finding."""
    of_model = f" of {one_line(summary.model)}" if summary.model else ""
    say(f"{summary.content}{of_model} from {one_line(summary.source)}")
    say(f"  {one_line(summary.format)}")
    counts = [f"{count:,} {word}" for word, count in summary.counts.items() if count or word in _ALWAYS_TOLD]
    say(f"  {', '.join(counts)}")
    say_findings(summary)
    if summary.changed is False:
        say("  nothing changed: all of it was there already")


def say_findings(summary: "ImportSummary") -> None:
    """Print a line a finding, with the first keys."""
    for finding in summary.findings:
        all_listed = len(finding.keys) < settings.get_int("report_keys")  # a key may stand for several oddities
        total = len(finding.keys) if all_listed else finding.count
        keys = f": {first_of(finding.keys, total)}" if finding.keys else ""
        say(f"  - {one_line(finding.sentence)}{keys}")
