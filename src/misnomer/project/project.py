"""Project: everything one can do with a project, each in a few lines over the layers below."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from misnomer import filters
from misnomer.errors import InputError
from misnomer.evaluation.results import Evaluation, MetricPerformance
from misnomer.filters import Filter
from misnomer.project import adding, computing, evaluating, exporting, information, listing
from misnomer.project.progress import Progress, progress_bar
from misnomer.project.results import ImportSummary, ProjectInfo, SamplePage
from misnomer.schema import MissingPolicy
from misnomer.store import tags
from misnomer.store.database import Database, create_database
from misnomer.store.models import Model, find_model, models
from misnomer.store.selection import Selection
from misnomer.store.vectors import collect_garbage


def create(
    directory: str | Path,
    *,
    images: Any,
    labels: Any = None,
    predictions: Any = None,
    model: str | None = None,
    split: str | None = None,
    skip: Sequence[str] = (),
    on_import: Callable[[ImportSummary], None] | None = None,
) -> "Project":
    """Make a project from images, and labels and predictions if there are any, and compute the metrics.

    What is there already is kept: run again after an interruption, it does only what is missing.

    Args:
        directory: the project's, by convention ``NAME.misnomer``.
        images: a folder, or a table of paths (file, data frame, Arrow table).
        labels: a file of labels; by default those of the images.
        predictions: a file or arrays; needs ``model``.
        model: the name of the model that predicted.
        split: the split the images belong to, or the one to take.
        skip: steps of computing to leave for later.
        on_import: called with the import report of each part, as soon as it is in.

    Raises:
        InputError: something given could not be read.
        UnknownName: there is no such step to skip.
        ProjectLocked: another process holds the project.
    """
    if predictions is not None and model is None:
        raise InputError("Predictions need a model's name.", hint="Say it with model=NAME (--model NAME).")
    for step in skip:
        computing.check_step(step)
    tell = on_import or (lambda summary: None)
    create_database(Path(directory))
    project = open_project(directory)
    try:
        tell(project.add_images(images, split=split))
        if labels is not None:
            tell(project.add_labels(labels))
        if predictions is not None and model is not None:
            tell(project.add_predictions(predictions, model=model))
        if steps := [step for step in computing.STEPS if step not in skip]:
            project.compute(*steps)
    except BaseException:
        project.close()
        raise
    return project


def open_project(directory: str | Path, *, read_only: bool = False) -> "Project":
    """Open a project; only one process at a time may have it open for writing.

    Raises:
        ProjectNotFound, ProjectLocked, ProjectVersion
    """
    return Project(Database(Path(directory), read_only=read_only))


class Project:
    """An open project. Close it, or use it in a ``with`` block, to let other processes have it.

    Where samples are chosen, ``where`` takes a Filter, and its parts may be given by name instead:
    ``project.samples(outcome="fp", brightness=(None, 0.3))``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        if not database.read_only:
            collect_garbage(database)

    def __enter__(self) -> "Project":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<misnomer project {str(self.path)!r}>"

    @property
    def path(self) -> Path:
        """The project's directory."""
        return self._database.directory

    @property
    def models(self) -> list[str]:
        """Names of the models."""
        return [model.name for model in models(self._database)]

    def close(self) -> None:
        """Let the project go; another process may then have it."""
        self._database.close()

    # -- bringing in

    def add_images(self, source: Any, *, split: str | None = None) -> ImportSummary:
        """Add samples from a folder or a table of paths; returns the import report."""
        return adding.add_images(self._database, source, split=split)

    def add_labels(self, source: Any) -> ImportSummary:
        """Give samples labels from a file; returns the import report."""
        return adding.add_labels(self._database, source)

    def add_predictions(
        self,
        source: Any,
        *,
        model: str,
        missing: MissingPolicy | None = None,
        split: str | None = None,
        classes: str | Path | None = None,
        progress: Progress | None = None,
    ) -> ImportSummary:
        """Add a model's predictions; returns the import report.

        Args:
            source: a file; or arrays: ``{"keys": …, "probabilities": (N, K)}``, ``{"keys": …, "predictions": …}``.
            model: its name; predictions of a name that is there are added to, sample by sample.
            missing: what a sample without prediction counts as: exclude (default), wrong, or error.
            split: for a file without keys: the split whose samples its rows are, in order.
            classes: a file with the names of the matrix's columns, where the file has none itself.
        """
        with _shown(progress) as tell:
            return adding.add_predictions(
                self._database,
                source,
                model=model,
                missing=missing,
                split=split,
                classes_file=classes,
                progress=tell,
            )

    def compute(self, *steps: str, workers: int | None = None, progress: Progress | None = None) -> None:
        """Do what is missing of the steps (none named: all); may be stopped and run again at any time."""
        with _shown(progress) as tell:
            computing.compute(self._database, steps, workers=workers, progress=tell)

    # -- asking

    def info(self) -> ProjectInfo:
        """What is in the project, what is computed, what was odd at import."""
        return information.project_info(self._database)

    def evaluate(
        self, *, model: str | None = None, where: Filter | None = None, level: float | None = None, **parts: Any
    ) -> Evaluation:
        """One model's scores on the samples of a filter (``model`` may be left out when there is only one)."""
        return evaluating.evaluate(self._database, self._model(model), _filter(where, parts), level=level)

    def by_metric(
        self,
        metric: str,
        *,
        model: str | None = None,
        where: Filter | None = None,
        rate: Literal["recall", "precision"] = "recall",
        bins: int | None = None,
        width: Literal["equal count", "equal width"] = "equal count",
        by_class: bool = False,
        level: float | None = None,
        **parts: Any,
    ) -> MetricPerformance:
        """Recall or precision of one model as a function of a metric."""
        return evaluating.by_metric(
            self._database,
            self._model(model),
            _filter(where, parts),
            metric,
            rate=rate,
            bins=bins,
            width=width,
            by_class=by_class,
            level=level,
        )

    def samples(
        self,
        *,
        model: str | None = None,
        where: Filter | None = None,
        sort: str | None = None,
        limit: int | None = 100,
        offset: int = 0,
        **parts: Any,
    ) -> SamplePage:
        """Samples of a filter in the order of a metric or column (``-NAME``: descending)."""
        selection = self._selection(_filter(where, parts), model)
        return listing.sample_page(selection, sort=sort, limit=limit, offset=offset)

    # -- acting

    def tag(self, tag: str, *, model: str | None = None, where: Filter | None = None, **parts: Any) -> int:
        """Give the samples of a filter a tag; returns how many did not bear it yet."""
        if not tag.strip():
            raise InputError("A tag needs a name.")
        return tags.add_tag(self._selection(_filter(where, parts), model), tag)

    def untag(self, tag: str, *, model: str | None = None, where: Filter | None = None, **parts: Any) -> int:
        """Take a tag off the samples of a filter; returns how many bore it."""
        return tags.remove_tag(self._selection(_filter(where, parts), model), tag)

    def export(
        self,
        path: str | Path,
        *,
        to: Literal["csv", "parquet", "json"] | None = None,
        model: str | None = None,
        where: Filter | None = None,
        **parts: Any,
    ) -> int:
        """Write the samples of a filter, with every metric and column, to a file; returns how many.

        Args:
            to: the format; by default the one of the path's extension.
        """
        return exporting.export(self._selection(_filter(where, parts), model), Path(path), to)

    def report(
        self, path: str | Path, *, where: Filter | None = None, progress: Progress | None = None, **parts: Any
    ) -> Path:
        """Write one self-contained HTML file with the scores and charts of every model; returns its path."""
        from misnomer.project import reporting  # Altair takes half a second, which only this needs

        with _shown(progress) as tell:
            return reporting.write_project_report(self._database, Path(path), _filter(where, parts), tell)

    def _model(self, name: str | None) -> Model:
        return find_model(self._database, name)

    def _selection(self, filter: Filter, model: str | None) -> Selection:
        """A filter seen with the named model, or the only one; without either, with none."""
        names = self.models
        if model is None and len(names) != 1:
            return Selection(self._database, filter)
        found = self._model(model)
        return Selection(self._database, filter, model_id=found.model_id, missing_policy=found.missing_policy)


def _filter(where: Filter | None, parts: dict[str, Any]) -> Filter:
    if where is not None and parts:
        raise InputError(
            f"Both where= and {', '.join(sorted(parts))}= are given.",
            hint="Give one: a Filter as where=, or its parts by name.",
        )
    return where if where is not None else filters.where(**parts)


@contextlib.contextmanager
def _shown(progress: Progress | None) -> Iterator[Progress]:
    if progress is not None:
        yield progress
        return
    with progress_bar() as bar:
        yield bar
