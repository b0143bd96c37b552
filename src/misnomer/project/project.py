"""Project: everything one can do with a project, each in a few lines over the layers below.

What reads and writes foreign files is imported where it is used: a server starts without it.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from misnomer import filters
from misnomer.errors import InputError, UnknownName
from misnomer.evaluation.comparison import Comparison
from misnomer.evaluation.outlier_report import OutlierReport
from misnomer.evaluation.results import Evaluation, ImportanceReport, MetricPerformance
from misnomer.evaluation.rules import CheckReport
from misnomer.evaluation.slice_report import SliceReport
from misnomer.features.engine import EngineName
from misnomer.filters import Filter
from misnomer.project import (
    acquiring,
    comparing,
    computing,
    evaluating,
    grouping,
    information,
    label_errors,
    listing,
    noting,
    outlying,
    reviewing,
    similar,
    slicing,
    tagging,
)
from misnomer.project.acquisition_results import AcquisitionPage
from misnomer.project.duplicate_results import DeduplicatedEvaluation, DuplicateKind, DuplicateReport
from misnomer.project.field_list import field_list, field_values
from misnomer.project.histograms import field_histogram
from misnomer.project.pictures import Pictures, missing_root
from misnomer.project.progress import Progress, progress_bar
from misnomer.project.results import (
    Decision,
    DecisionPage,
    ExportSummary,
    FieldHistogram,
    FieldInfo,
    FieldValues,
    ImportSummary,
    LabelErrors,
    ProjectInfo,
    SampleDetail,
    SamplePage,
    TagChange,
)
from misnomer.project.sample_details import sample_detail
from misnomer.project.similar_results import SimilarPage
from misnomer.schema import LabelVersion, MissingPolicy, ReviewAction
from misnomer.store.database import Database, create_database, discard_database
from misnomer.store.map_points import map_table
from misnomer.store.models import Model, find_model, models
from misnomer.store.selection import Selection
from misnomer.store.statistics import class_counts
from misnomer.store.vectors import collect_garbage

if TYPE_CHECKING:
    import pyarrow as pa

    from misnomer.server.notebook import NotebookPages


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
    is_new = create_database(Path(directory))
    project = open_project(directory)
    try:
        summary = project.add_images(images, split=split)
    except BaseException:
        project.close()
        if is_new:
            discard_database(Path(directory))
        raise
    try:
        tell(summary)
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


def open_project(directory: str | Path, *, read_only: bool = False, shared: bool = False) -> "Project":
    """Open a project; only one process at a time may have it open for writing.

    Args:
        read_only: refuse every change; several processes may read.
        shared: let other processes read except while something is written.

    Raises:
        ProjectNotFound, ProjectLocked, ProjectVersion
    """
    return Project(Database(Path(directory), read_only=read_only, shared=shared))


class Project:
    """An open project. Close it, or use it in a ``with`` block, to let other processes have it.

    Where samples are chosen, ``where`` takes a Filter, and its parts may be given by name instead:
    ``project.samples(outcome="fp", brightness=(None, 0.3))``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pictures = Pictures(database)
        self._pages: NotebookPages | None = None
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
    def read_only(self) -> bool:
        """Whether every change is refused."""
        return self._database.read_only

    @property
    def models(self) -> list[str]:
        """Names of the models."""
        return [model.name for model in models(self._database)]

    def close(self) -> None:
        """Let the project go; another process may then have it."""
        if self._pages is not None:
            self._pages.stop()
        self._database.close()

    # -- bringing in

    def add_images(self, source: Any, *, split: str | None = None) -> ImportSummary:
        """Add samples from a folder or a table of paths; returns the import report."""
        from misnomer.project import adding

        return adding.add_images(self._database, source, split=split)

    def add_labels(
        self,
        source: Any,
        *,
        as_: Literal["labels", "corrections"] = "labels",
        accept_suggestions: bool = False,
    ) -> ImportSummary:
        """Give samples labels from a file; returns the import report.

        Args:
            as_: labels, which replace what was given; or corrections, decisions of a review, by which the given
                labels stay and the corrected are a version of their own.
            accept_suggestions: take a labelling tool's suggestions that nobody has confirmed for labels.
        """
        from misnomer.project import adding

        if as_ not in ("labels", "corrections"):
            raise UnknownName("kind of labels", as_, ("labels", "corrections"))
        add = adding.add_corrections if as_ == "corrections" else adding.add_labels
        return add(self._database, source, accept_suggestions=accept_suggestions)

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
        from misnomer.project import adding

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

    def add_embeddings(
        self,
        source: Any,
        *,
        name: str,
        keys: Any = None,
        split: str | None = None,
        in_order: bool = False,
        progress: Progress | None = None,
    ) -> ImportSummary:
        """Add your own vectors of the samples and take them into use; returns the import report.

        Args:
            source: a file (.npy, .npz, Parquet with a column of lists, …); or arrays:
                ``{"keys": …, "embeddings": (N, D)}``.
            name: what to call them; vectors of a name that is there are added to, sample by sample.
            keys: of the rows, where the source has none: a sequence, or a file with one a line.
            split: only samples of this split are meant.
            in_order: rows without keys are the samples in the order of adding.
        """
        from misnomer.project import adding

        with _shown(progress) as tell:
            return adding.add_embeddings(
                self._database, source, name=name, keys=keys, split=split, in_order=in_order, progress=tell
            )

    def compute(
        self, *steps: str, engine: EngineName = "local", workers: int | None = None, progress: Progress | None = None
    ) -> None:
        """Do what is missing of the steps (none named: all); may be stopped and run again at any time.

        Args:
            engine: who measures and embeds the images: this machine, or Ray's workers (the cluster of ``RAY_ADDRESS``,
                else a Ray of this machine's).
            workers: images that are decoded side by side; None: as the setting says; 0: one per core.

        Raises:
            UnknownName: there is no such step or engine.
            InputError: Ray is not installed, does not start, or its workers have other packages.
        """
        with _shown(progress) as tell:
            computing.compute(self._database, steps, engine=engine, workers=workers, progress=tell)

    # -- asking

    def info(self) -> ProjectInfo:
        """What is in the project, what is computed, what was odd at import."""
        return information.project_info(self._database)

    def fields(self) -> tuple[FieldInfo, ...]:
        """What a filter, a sort or a chart may name."""
        return field_list(self._database)

    def field_values(
        self,
        field: str,
        *,
        text: str = "",
        limit: int = 50,
        model: str | None = None,
        labels: LabelVersion = "given",
    ) -> FieldValues:
        """The most frequent values of a field of text, of all samples.

        Args:
            field: such as ``label``, ``prediction`` or a column of yours.
            text: only values that have it in them, in capitals or not.
            limit: how many at most.
            model: whose predictions.
            labels: as given, or after the review.
        """
        return field_values(self._selection(Filter(), model, labels), field, text, limit)

    def evaluate(
        self,
        *,
        model: str | None = None,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        importance: bool = True,
        level: float | None = None,
        **parts: Any,
    ) -> Evaluation:
        """One model's scores on the samples of a filter (``model`` may be left out when there is only one).

        Args:
            labels: as they were given, or as a review has corrected them.
            importance: also rank the metrics by how much they tell about the model being right.
        """
        return evaluating.evaluate(
            self._database,
            self._model(model),
            _filter(where, parts),
            labels=labels,
            with_importance=importance,
            level=level,
        )

    def importance(
        self,
        *,
        model: str | None = None,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        **parts: Any,
    ) -> ImportanceReport:
        """How much each metric tells about one model being right, on the samples of a filter."""
        return evaluating.importance_report(self._database, self._model(model), _filter(where, parts), labels)

    def by_metric(
        self,
        metric: str,
        *,
        model: str | None = None,
        where: Filter | None = None,
        labels: LabelVersion = "given",
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
            labels=labels,
            level=level,
        )

    def samples(
        self,
        *,
        model: str | None = None,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        sort: str | None = None,
        limit: int | None = 100,
        offset: int = 0,
        **parts: Any,
    ) -> SamplePage:
        """Samples of a filter in the order of a metric or column (``-NAME``: descending)."""
        selection = self._selection(_filter(where, parts), model, labels)
        return listing.sample_page(selection, sort=sort, limit=limit, offset=offset)

    def sample(self, sample_id: int, *, model: str | None = None, labels: LabelVersion = "given") -> SampleDetail:
        """One sample with everything known about it, by the ``id`` that ``samples`` gives."""
        return sample_detail(self._selection(Filter(), model, labels), sample_id)

    def histogram(
        self,
        field: str,
        *,
        model: str | None = None,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        bins: int = 30,
        **parts: Any,
    ) -> FieldHistogram:
        """How the values of a metric are spread over the samples of a filter."""
        return field_histogram(self._selection(_filter(where, parts), model, labels), field, bins)

    def class_counts(
        self, *, model: str | None = None, where: Filter | None = None, labels: LabelVersion = "given", **parts: Any
    ) -> list[tuple[str, int]]:
        """Labelled samples of each class, of the samples of a filter."""
        return class_counts(self._selection(_filter(where, parts), model, labels))

    def missing_image_root(self) -> str | None:
        """The first folder of images that is not where it was; None if all are there."""
        return missing_root(self._database)

    @property
    def pictures(self) -> Pictures:
        """Thumbnails and images of the samples."""
        return self._pictures

    @property
    def changes(self) -> int:
        """How many times something has been written: what was answered stays true as long as this stays the same."""
        return self._database.changes

    def outliers(
        self,
        *,
        model: str | None = None,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        limit: int = 5,
        **parts: Any,
    ) -> OutlierReport:
        """Outliers of every metric on the samples of a filter, with the ``limit`` most extreme samples of each."""
        return outlying.find_outliers(self._selection(_filter(where, parts), model, labels), limit=limit)

    def compare(
        self,
        a: str,
        b: str,
        *,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        level: float | None = None,
        **parts: Any,
    ) -> Comparison:
        """Two models on the samples of a filter that both predicted; the filter is seen with model ``a``."""
        return comparing.compare_models(
            self._database, self._model(a), self._model(b), _filter(where, parts), labels=labels, level=level
        )

    def similar(
        self,
        *keys: str,
        image: str | Path | bytes | None = None,
        to: Filter | None = None,
        among: Filter | None = None,
        model: str | None = None,
        labels: LabelVersion = "given",
        limit: int = 20,
    ) -> SimilarPage:
        """The samples most similar to some others, nearest first.

        Args:
            keys: of the samples to look for similar ones of.
            image: instead, an image from outside: its path, URL, or the bytes of its file.
            to: instead, a filter that chooses those samples, such as the region where a model fails.
            among: only samples of this filter are found; None: all.

        Raises:
            InputError: none, or several, of keys, image and to are given; or there are no embeddings.
            UnknownName: no such key.
        """
        given = [part for part in (keys or None, image, to) if part is not None]
        if len(given) != 1:
            raise InputError(
                "Say what to look for similar ones of, in one way.", hint='For example project.similar("cat/1.jpg").'
            )
        found_among = self._selection(among or Filter(), model, labels)
        if image is not None:
            return similar.similar_to_image(image, found_among, limit=limit)
        queries = self._selection(to if to is not None else Filter(keys=keys), model, labels)
        return similar.similar_to_samples(queries, found_among, limit=limit)

    def annotate_next(
        self, *, model: str | None = None, where: Filter | None = None, limit: int = 20, **parts: Any
    ) -> AcquisitionPage:
        """Samples of a pool that are worth most to annotate, the most valuable first, with reasons.

        Worth most are those like the model's failures, of which it is unsure, and unlike what is labelled or listed;
        without a model, those unlike what is labelled or listed.

        Args:
            where: the pool: its samples without a label; where all have one, as in a split that plays the pool, all of
                them, as if these were not known. None: whatever has no label.

        Raises:
            InputError: nothing is in the pool, or embeddings or neighbours are missing.
        """
        selection = self._selection(_filter(where, parts), model)
        chosen = next((one for one in models(self._database) if one.model_id == selection.model_id), None)
        return acquiring.annotate_next(selection, chosen, limit=limit)

    # -- reviewing labels

    def label_errors(
        self,
        *,
        model: str | None = None,
        where: Filter | None = None,
        limit: int | None = 100,
        offset: int = 0,
        **parts: Any,
    ) -> LabelErrors:
        """Labels that are probably wrong among the samples of a filter, the worst first, with the evidence.

        Those that a review has kept or corrected are counted and not listed.
        """
        names = self.models
        chosen = None if model is None and len(names) != 1 else self._model(model)
        selection = self._selection(_filter(where, parts), model)
        return label_errors.find_label_errors(selection, chosen, limit=limit, offset=offset)

    def decide(self, sample: str | int, action: ReviewAction, label: str | None = None) -> Decision:
        """Keep one decision on a sample's label, durable when this returns; given labels stay as they are.

        Args:
            sample: its key, or its sample id.
            action: keep the given label, correct it to ``label``, or skip.

        Raises:
            UnknownName: no such sample, action or class.
            InputError: a label where none belongs, or none where one does.
        """
        return reviewing.decide(self._database, sample, action, label)

    def decide_all(self, keys: Sequence[str], labels: Sequence[str]) -> int:
        """Keep a decision for each key, all or none: to keep the given label where it is the same, else to correct it.

        Returns how many.
        """
        return reviewing.decide_all(self._database, keys, labels)

    def undo_decision(self) -> Decision:
        """Take the last decision that stands back; the history keeps it."""
        return reviewing.undo(self._database)

    def decisions(self, *, limit: int | None = 100, offset: int = 0) -> DecisionPage:
        """The history of the review, the last decision first."""
        return reviewing.decision_page(self._database, limit=limit, offset=offset)

    def slices(
        self,
        *,
        model: str | None = None,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        minimum_support: int | None = None,
        limit: int | None = None,
        level: float | None = None,
        **parts: Any,
    ) -> SliceReport:
        """Slices of the filter's samples on which a model is right less often than on the rest, by more than chance.

        Args:
            minimum_support: samples that a slice has at least; None: 20.
            limit: slices given, those with most errors too many; None: all.
        """
        found = self._model(model)
        return slicing.find_slices(
            self._selection(_filter(where, parts), found.name, labels),
            found.name,
            minimum_support=minimum_support,
            limit=limit,
            level=level,
        )

    def check(self, rules: str | Path) -> CheckReport:
        """Hold scores against the rules of a file (docs/check.md); paths in it are relative to its folder."""
        from misnomer.project.checking import check_project, read_rules

        path = Path(rules)
        return check_project(self._database, read_rules(path), path.parent)

    def duplicates(
        self,
        *,
        kind: DuplicateKind | None = None,
        threshold: float | None = None,
        bits: int = grouping.MAX_BITS,
        model: str | None = None,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        limit: int | None = 100,
        offset: int = 0,
        **parts: Any,
    ) -> DuplicateReport:
        """Groups of duplicates that have a sample of the filter.

        Args:
            kind: exact: equal pixels; near: alike; mirrored: alike when one is mirrored; None: the
                first two, and mirrored ones where the setting ``mirrored_duplicates`` is 1.
            threshold: cosine of embeddings that is near, 0.8 to 1; None: the setting ``duplicate_threshold``.
            bits: of the 64 of two images' hashes that may differ, 0 to 4.
        """
        return grouping.duplicate_report(
            self._selection(_filter(where, parts), model, labels),
            kind=kind,
            threshold=threshold,
            bits=bits,
            limit=limit,
            offset=offset,
        )

    def evaluate_deduplicated(
        self,
        *,
        model: str | None = None,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        kind: DuplicateKind | None = None,
        threshold: float | None = None,
        bits: int = grouping.MAX_BITS,
        level: float | None = None,
        **parts: Any,
    ) -> DeduplicatedEvaluation:
        """One model's scores beside those without copies and without samples that have a duplicate in another split.

        ``kind``, ``threshold`` and ``bits`` say what a duplicate is, as for ``duplicates``.
        """
        return grouping.evaluate_deduplicated(
            self._database,
            self._model(model),
            _filter(where, parts),
            labels=labels,
            kind=kind,
            threshold=threshold,
            bits=bits,
            level=level,
        )

    def map(
        self,
        *,
        model: str | None = None,
        color: str | None = None,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        **parts: Any,
    ) -> "pa.Table":
        """The samples of a filter on the map, as an Arrow table: sample_id, x, y, label, prediction, outcome, color.

        Args:
            color: a metric or column whose values are wanted too.

        Raises:
            InvalidFilter: there is no map; ``compute("embeddings", "map")`` makes it.
        """
        return map_table(self._selection(_filter(where, parts), model, labels), color)

    # -- acting

    def tag(self, tag: str, *, model: str | None = None, where: Filter | None = None, **parts: Any) -> int:
        """Give the samples of a filter a tag; returns how many did not bear it yet."""
        return self.change_tag(tag, model=model, where=where, **parts).changed

    def untag(self, tag: str, *, model: str | None = None, where: Filter | None = None, **parts: Any) -> int:
        """Take a tag off the samples of a filter; returns how many bore it."""
        return self.change_tag(tag, remove=True, model=model, where=where, **parts).changed

    def change_tag(
        self,
        tag: str,
        *,
        remove: bool = False,
        model: str | None = None,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        **parts: Any,
    ) -> TagChange:
        """The same with the keys of the samples that changed, so that it can be undone."""
        return tagging.change_tag(self._selection(_filter(where, parts), model, labels), tag, remove)

    def tag_copies(
        self,
        tag: str,
        *,
        kind: DuplicateKind | None = None,
        threshold: float | None = None,
        bits: int = grouping.MAX_BITS,
    ) -> TagChange:
        """Tag all duplicates but the kept one of each group."""
        found = grouping.find_duplicates(self._database, kind=kind, threshold=threshold, bits=bits)
        return tagging.tag_samples(self._database, grouping.copies(found).tolist(), tag)

    def note(self, sample: str | int, note: str) -> None:
        """Write a note on a sample, by its key or id, over the one that was there; an empty one takes it away."""
        noting.write_note(self._database, sample, note)

    def export(
        self,
        path: str | Path,
        *,
        to: str | None = None,
        model: str | None = None,
        images: Literal["link", "copy"] | None = None,
        image_prefix: str | None = None,
        paths: bool = False,
        where: Filter | None = None,
        labels: LabelVersion = "given",
        **parts: Any,
    ) -> ExportSummary:
        """Write the samples of a filter to a file, or to a folder in the form of another tool.

        Args:
            path: replaced if it is a file, or a folder that an earlier export wrote and nobody changed.
            to: the format (``writers.formats`` lists them); by default the table of the path's extension.
            images: for ``folders`` (default link) and ``fiftyone``: link or copy the images into the folder.
            image_prefix: for ``label-studio``: what stands before an image's path below the images' folder.
            paths: for ``list``: the places of the images instead of the keys.
        """
        from misnomer.project import exporting

        selection = self._selection(_filter(where, parts), model, labels)
        named = model or (self.models[0] if selection.model_id is not None else None)
        return exporting.export(
            selection, Path(path), to, model=named, images=images, image_prefix=image_prefix, paths=paths
        )

    def report(
        self, path: str | Path, *, where: Filter | None = None, progress: Progress | None = None, **parts: Any
    ) -> Path:
        """Write one self-contained HTML file with the scores and charts of every model; returns its path."""
        from misnomer.project import reporting  # Altair takes half a second, which only this needs

        with _shown(progress) as tell:
            return reporting.write_project_report(self._database, Path(path), _filter(where, parts), tell)

    def serve(self, *, port: int | None = None, height_px: int = 800) -> "NotebookPages":
        """Show the pages in a notebook's cell; in a script, ``project.serve().wait()`` serves until Ctrl-C.

        Args:
            port: 0: any free one; by default the setting's, or the next free one.
            height_px: of the frame in the notebook.
        """
        from misnomer.server.notebook import NotebookPages

        if self._pages is not None:
            self._pages.stop()
        self._pages = NotebookPages(self, port=port, height_px=height_px)
        return self._pages

    def _model(self, name: str | None) -> Model:
        return find_model(self._database, name)

    def _selection(self, filter: Filter, model: str | None, labels: LabelVersion = "given") -> Selection:
        """A filter seen with the named model, or the only one; without either, with none."""
        names = self.models
        if model is None and len(names) != 1:
            return Selection(self._database, filter, labels=labels)
        found = self._model(model)
        return Selection(
            self._database, filter, model_id=found.model_id, missing_policy=found.missing_policy, labels=labels
        )


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
