"""What became of rules, as JUnit's XML and as Markdown."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from misnomer.evaluation.rules import CheckReport

_MARKS = {"passed": "✅", "failed": "❌", "skipped": "⏭️"}


def junit_xml(report: CheckReport) -> str:
    """A test suite with a test case a rule, as CI servers read it."""
    suite = Element(
        "testsuite",
        name="misnomer check",
        tests=str(len(report.rules)),
        failures=str(report.failed_count),
        skipped=str(report.skipped_count),
        errors="0",
    )
    for rule in report.rules:
        case = SubElement(suite, "testcase", classname=_printable(f"misnomer.{rule.model}"), name=_printable(rule.name))
        if rule.verdict == "failed":
            SubElement(case, "failure", message=_printable(rule.sentence))
        elif rule.verdict == "skipped":
            SubElement(case, "skipped", message=_printable(rule.sentence))
    indent(suite)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(suite, encoding="unicode")}\n'


def _printable(text: str) -> str:
    """XML has no way to write most control characters."""
    return "".join(character if character.isprintable() else " " for character in text)


def markdown(report: CheckReport) -> str:
    """A table for people, as a summary of a CI run."""
    headline = "passed" if report.passed else f"failed: {report.failed_count} of {len(report.rules)} rules"
    head = (f"## misnomer check {headline}", "", "| | rule | model | samples | |", "|---|---|---|---|---|")
    rows = []
    for rule in report.rules:
        cells = (rule.name, rule.model, f"{rule.sample_count:,}", rule.sentence)
        rows.append(f"| {_MARKS[rule.verdict]} | {' | '.join(map(_cell, cells))} |")
    return "\n".join([*head, *rows, ""])


def _cell(text: str) -> str:
    """One line, nothing of it read as Markdown or HTML."""
    line = _printable(text).replace("&", "&amp;").replace("<", "&lt;").replace("\\", "\\\\")
    for character in "|*_`[]":
        line = line.replace(character, f"\\{character}")
    return line
