"""``misnomer duplicates``"""

from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import one_line, say, say_json, say_section, tell
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import ChosenModel, Json, ProjectPath
from misnomer.cli.row_limit import RowLimit, row_limit
from misnomer.cli.table import say_table
from misnomer.cli.words import counted, with_interval

if TYPE_CHECKING:
    from misnomer.evaluation.results import Estimate
    from misnomer.filters import Filter
    from misnomer.project.duplicate_results import DeduplicatedEvaluation, DuplicateGroup, DuplicateReport


@takes_filter
def duplicates(
    directory: ProjectPath,
    where: "Filter",
    model: ChosenModel = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="exact|near|mirrored", help="Only equal pixels, alike, or mirrored; else the first two."),
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(metavar="COSINE", help="From which embeddings are near, 0.8 to 1.")
    ] = None,
    bits: Annotated[int, typer.Option(metavar="N", help="Bits of two hashes that may differ, 0 to 4.")] = 4,
    tag_others: Annotated[
        str | None, typer.Option(metavar="TAG", help="Tag all but the kept sample of every group.")
    ] = None,
    limit: RowLimit = 20,
    json: Json = False,
) -> None:
    """List images that show the same, in groups.

    \b
    Example: misnomer duplicates pets.misnomer --kind exact --tag-others copy
    """
    from misnomer.project import open_project

    with open_project(directory, read_only=tag_others is None) as project:
        if tag_others is not None:
            change = project.tag_copies(tag_others, kind=kind, threshold=threshold, bits=bits)  # type: ignore[arg-type]
            tell(f"{counted(change.changed, 'sample')} given {one_line(tag_others)!r}")
        report = project.duplicates(
            kind=kind,  # type: ignore[arg-type]  # any other text is an error that names them
            threshold=threshold,
            bits=bits,
            model=model,
            where=where,
            limit=row_limit(limit),
        )
        if json:
            say_json(report.to_dict())
            return
        _say_report(report)
        if report.copy_count:
            for name in [model] if model else project.models:
                say_section(f"scores of {one_line(name)}")
                _say_side_by_side(
                    project.evaluate_deduplicated(
                        model=name,
                        where=where,
                        kind=kind,  # type: ignore[arg-type]
                        threshold=threshold,
                        bits=bits,
                    )
                )


def _say_report(report: "DuplicateReport") -> None:
    cosine = f"or a cosine of {report.threshold:g}" if report.embedding else "no embeddings"
    say(
        f"{counted(report.group_count, 'group')} of {counted(report.sample_count, 'sample')}: "
        f"{counted(report.copy_count, 'copy', 'copies')}; {report.exact_group_count:,} of equal pixels"
        + (f", {report.mirrored_group_count:,} mirrored" if report.mirrored_group_count else "")
    )
    say(f"near: {report.bits} bits of the hash, {cosine}; {counted(report.compared_count, 'image')} compared")
    say(
        f"contradictory labels: {report.contradictory_label_count:,}, contradictory predictions: "
        f"{report.contradictory_prediction_count:,}, crossing splits: {report.crossing_count:,}"
    )
    if not report.groups:
        return
    say()
    say_table(
        ["group", "key", "label", "split", "size", "kind and flags"],
        [row for number, group in enumerate(report.groups, start=1) for row in _rows(number, group)],
        text_columns=6,
    )
    if len(report.groups) < report.group_count:
        tell(f"{len(report.groups):,} of {counted(report.group_count, 'group')}; --limit 0 shows all")


def _rows(number: int, group: "DuplicateGroup") -> list[list[str]]:
    flags: list[str] = [group.kind]
    flags += ["contradictory labels"] if group.contradictory_labels else []
    flags += ["contradictory predictions"] if group.contradictory_predictions else []
    flags += ["crosses splits"] if group.crosses_splits else []
    return [
        [
            str(number),
            sample.key,
            sample.label or "–",
            sample.split or "–",
            f"{sample.width} × {sample.height}",
            f"kept; {', '.join(flags)}" if sample.kept else "",
        ]
        for sample in group.samples
    ]


def _say_side_by_side(scores: "DeduplicatedEvaluation") -> None:
    say(f"left out: {counted(scores.copy_count, 'copy', 'copies')}, {counted(scores.leak_count, 'leak')} across splits")
    sides = (scores.all_samples, scores.without_duplicates)
    say_table(
        ["score", "all samples", "without duplicates and leaks"],
        [
            [name, *(_score(side.scores.get(name)) for side in sides)]
            for name in ("accuracy", "precision_macro", "recall_macro", "f1_macro")
        ],
    )


def _score(estimate: "Estimate | None") -> str:
    return "–" if estimate is None else with_interval(estimate.value, estimate.interval, digits=4)
