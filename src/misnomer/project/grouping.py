"""A project's duplicates at a threshold: groups with what is odd about them, copies, leaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
import pyarrow as pa

from misnomer import settings
from misnomer.errors import InputError, UnknownName
from misnomer.evaluation.duplicates import Groups, copies_within, differs_within, group_duplicates
from misnomer.evaluation.results import Evaluation
from misnomer.filters import Filter
from misnomer.project.duplicate_results import (
    DeduplicatedEvaluation,
    DuplicateGroup,
    DuplicateKind,
    DuplicateReport,
    DuplicateSample,
    ThresholdCount,
)
from misnomer.project.evaluating import evaluate
from misnomer.project.mirroring import MIRRORED_KINDS, mirrored_links
from misnomer.project.results import Flag, Sample
from misnomer.schema import LabelVersion
from misnomer.store import duplicates
from misnomer.store.arrays import no_rows
from misnomer.store.database import Database
from misnomer.store.listing import image_versions
from misnomer.store.models import Model
from misnomer.store.selection import Selection
from misnomer.store.statistics import sample_columns

MAX_BITS = 4
LEAST_THRESHOLD = 0.8  # links of less are not kept
_BY_EMBEDDING = ("embedding", "mirrored_embedding")
_NAMED = 3
_THRESHOLDS = np.round(np.arange(0.8, 1.0001, 0.01), 2)


@dataclass(frozen=True)
class Duplicates:
    """Groups over the linked samples, which ``samples`` and the arrays list in the order of their keys."""

    groups: Groups
    samples: pa.Table
    contradictory_labels: np.ndarray
    contradictory_predictions: np.ndarray
    crosses_splits: np.ndarray

    @property
    def sample_ids(self) -> np.ndarray:
        """(m,) the sample of each member."""
        return np.asarray(self.samples["sample_id"].to_numpy()[self.groups.members])

    def of(self, chosen: np.ndarray) -> "Duplicates":
        """Some of the groups."""
        flags = {
            name: getattr(self, name)[chosen]
            for name in ("contradictory_labels", "contradictory_predictions", "crosses_splits")
        }
        return replace(self, groups=self.groups.of(chosen), **flags)


def find_duplicates(
    database: Database, *, kind: DuplicateKind | None = None, threshold: float | None = None, bits: int = MAX_BITS
) -> Duplicates:
    """Groups at a threshold.

    Args:
        kind: exact: only equal pixels count; near: mirrored copies do not count, and groups are not wholly exact;
            mirrored: groups that would fall apart without mirrored copies; None: all, mirrored ones as the setting
            ``mirrored_duplicates`` says.
        threshold: cosine of embeddings, from 0.8 to 1; None: the setting ``duplicate_threshold``.
        bits: of hashes, from 0 to 4.

    Raises:
        UnknownName: there is no such kind.
        InputError: a threshold or number of bits out of range.
    """
    if kind is not None and kind not in get_args(DuplicateKind):
        raise UnknownName("kind of duplicates", kind, get_args(DuplicateKind))
    links, kinds = _links_within(database, _limits(threshold_of(threshold), bits, kind))
    linked_ids = np.unique(np.concatenate([links["first_id"], links["second_id"]]))
    samples = duplicates.linked_samples(database, linked_ids)
    ids = samples["sample_id"].to_numpy()
    row_of_id = np.empty(int(ids.max(initial=-1)) + 1, np.int64)
    row_of_id[ids] = np.arange(len(ids))
    groups = group_duplicates(
        row_of_id[links["first_id"]],
        row_of_id[links["second_id"]],
        np.equal(kinds, "exact"),
        np.isin(kinds, MIRRORED_KINDS),
        samples["area"].fill_null(0).to_numpy(),
    )
    if kind == "near":
        groups = groups.of(np.flatnonzero(~groups.exact))
    if kind == "mirrored":
        groups = groups.of(np.flatnonzero(groups.mirrored))
    return Duplicates(
        groups,
        samples,
        differs_within(groups, samples["label_id"].fill_null(-1).to_numpy()),
        _contradictory_predictions(database, groups, ids, row_of_id),
        differs_within(groups, split_codes(samples)),
    )


def threshold_of(threshold: float | None) -> float:
    """The cosine from which embeddings are near.

    Raises:
        InputError: it is not from 0.8 to 1.
    """
    threshold = settings.get_float("duplicate_threshold") if threshold is None else threshold
    if not LEAST_THRESHOLD <= threshold <= 1:
        raise InputError(
            f"The threshold is {threshold:g}.", hint=f"It is a cosine, from {LEAST_THRESHOLD} (alike) to 1 (the same)."
        )
    return threshold


def split_codes(samples: pa.Table) -> np.ndarray:
    """(N,) int64: the split of each sample as a number, −1 for none."""
    encoded = samples["split"].combine_chunks().dictionary_encode()
    return np.asarray(encoded.indices.cast(pa.int64()).fill_null(-1).to_numpy())


def _links_within(database: Database, limits: Mapping[str, float]) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """first_id, second_id and distance of the links of these kinds up to these distances, and their kinds."""
    links = pa.concat_tables([duplicates.duplicate_links(database), _asked_for(database, limits)])
    encoded = links["kind"].combine_chunks().dictionary_encode()
    kinds = encoded.dictionary.to_pylist()
    limit_of_kind = np.array([limits.get(kind, -1) for kind in kinds])  # below any distance
    codes, distances = encoded.indices.to_numpy(), links["distance"].to_numpy()
    kept = distances <= limit_of_kind[codes] if kinds else np.zeros(0, bool)
    columns = {name: links[name].to_numpy()[kept] for name in ("first_id", "second_id", "distance")}
    return columns, np.array(kinds, str)[codes[kept]] if kinds else np.empty(0, str)


def _asked_for(database: Database, limits: Mapping[str, float]) -> pa.Table:
    """The links that are made only when their kinds are asked for."""
    return mirrored_links(database) if limits.keys() & MIRRORED_KINDS else no_rows(duplicates.LINKS)


def _limits(threshold: float, bits: int, kind: DuplicateKind | None = None) -> dict[str, float]:
    """Greatest distance of each kind of link that counts."""
    if not 0 <= bits <= MAX_BITS:
        raise InputError(f"{bits} bits of the hashes may differ.", hint=f"Give 0 to {MAX_BITS}.")
    if kind == "exact":
        return {"exact": 0.0}
    limits = {"exact": 0.0, "hash": float(bits), "embedding": 1 - threshold + 1e-9}
    if kind == "near" or (kind is None and not settings.get_int("mirrored_duplicates")):
        return limits
    return limits | {mirrored: limits[mirrored.removeprefix("mirrored_")] for mirrored in MIRRORED_KINDS}


def duplicate_flags(database: Database, sample: Sample) -> list[Flag]:
    """What a sample duplicates, at the threshold of the settings, and whether their labels or splits differ."""
    limits = _limits(threshold_of(None), MAX_BITS)
    more = _asked_for(database, limits)
    group = duplicates.group_of(database, sample.id, limits, more)
    if not group:
        return []
    exact, near = (
        {one.key for one in duplicates.group_of(database, sample.id, _limits(threshold_of(None), MAX_BITS, kind), more)}
        for kind in ("exact", "near")
    )
    keys = sorted((one.key for one in group), key=lambda key: (key not in exact, key not in near))
    named = ", ".join(keys[:_NAMED]) + (f" and {len(keys) - _NAMED:,} more" if len(keys) > _NAMED else "")
    alike = (
        "Near duplicate" if len(near) == len(keys) else "Near duplicate or mirrored copy" if near else "Mirrored copy"
    )
    said = [f"{'The same pixels as' if len(exact) == len(keys) else f'{alike} of'} {named}"]
    labels = sorted({one.label for one in group if one.label and one.label != sample.label})
    if labels and sample.label is not None:
        said.append(f"labelled differently: {', '.join(labels)}")
    if sample.split is not None and any(one.split not in (None, sample.split) for one in group):
        said.append("in another split")
    return [Flag(kind="duplicate", sentence="; ".join(said) + ".", keys=(sample.key, *keys))]


def _contradictory_predictions(
    database: Database, groups: Groups, ids: np.ndarray, row_of_id: np.ndarray
) -> np.ndarray:
    """(g,) bool: a model predicts different classes for members."""
    predictions = duplicates.predicted_classes(database, ids[groups.members])
    found = np.zeros(len(groups.sizes), bool)
    for sample_ids, class_ids in predictions.values():
        by_row = np.full(len(ids), -1, np.int64)
        by_row[row_of_id[sample_ids]] = class_ids
        found |= differs_within(groups, by_row)
    return found


def duplicate_report(
    selection: Selection,
    *,
    kind: DuplicateKind | None,
    threshold: float | None,
    bits: int,
    limit: int | None,
    offset: int,
) -> DuplicateReport:
    """A page of the groups that have a sample of the selection, and counts of all of them."""
    database = selection.database
    found = find_duplicates(database, kind=kind, threshold=threshold, bits=bits)
    found = found.of(_groups_with(found, selection))
    order = np.lexsort((-found.groups.sizes, ~found.crosses_splits, ~found.contradictory_labels))
    page = found.of(order[offset:][:limit])
    state = duplicates.links_state(database)
    return DuplicateReport(
        threshold=threshold_of(threshold),
        bits=bits,
        embedding=state.embedding if state else None,
        compared_count=state.image_count if state else 0,
        group_count=len(order),
        sample_count=len(found.groups.members),
        copy_count=len(found.groups.members) - len(order),
        exact_group_count=int(np.count_nonzero(found.groups.exact)),
        mirrored_group_count=int(np.count_nonzero(found.groups.mirrored)),
        contradictory_label_count=int(np.count_nonzero(found.contradictory_labels)),
        contradictory_prediction_count=int(np.count_nonzero(found.contradictory_predictions)),
        crossing_count=int(np.count_nonzero(found.crosses_splits)),
        threshold_counts=_threshold_counts(database, bits, kind),
        groups=_described(database, page),
    )


def _groups_with(found: Duplicates, selection: Selection) -> np.ndarray:
    if not selection.filter.to_dict():
        return np.arange(len(found.groups.sizes))
    chosen = np.isin(found.sample_ids, sample_columns(selection, [], shown=True)["sample_id"])
    return np.unique(found.groups.of_member[chosen])


def _threshold_counts(database: Database, bits: int, kind: DuplicateKind | None) -> tuple[ThresholdCount, ...]:
    links, kinds = _links_within(database, _limits(LEAST_THRESHOLD, bits, kind))
    by_embedding = np.isin(kinds, _BY_EMBEDDING)
    if not by_embedding.any():
        return ()
    ids, rows = np.unique(np.concatenate([links["first_id"], links["second_id"]]), return_inverse=True)
    first, second = np.split(rows, 2)
    distances = np.where(by_embedding, links["distance"], 0)
    counts = copies_within(first, second, distances, 1 - _THRESHOLDS, len(ids))
    return tuple(
        ThresholdCount(threshold=threshold, copy_count=count)
        for threshold, count in zip(_THRESHOLDS.tolist(), counts.tolist(), strict=True)
    )


def _described(database: Database, page: Duplicates) -> tuple[DuplicateGroup, ...]:
    rows = page.samples.take(pa.array(page.groups.members)).to_pylist()
    predictions = duplicates.predictions_of(database, page.sample_ids)
    versions = image_versions(database, page.sample_ids.tolist()) if rows else {}
    members = [
        DuplicateSample(
            id=row["sample_id"],
            version=versions.get(row["sample_id"]),
            **{name: row[name] for name in ("key", "label", "split", "width", "height")},
            predictions=predictions.get(row["sample_id"], {}),
            kept=kept,
        )
        for row, kept in zip(rows, page.groups.is_kept.tolist(), strict=True)
    ]
    bounds = page.groups.starts.tolist()
    return tuple(
        DuplicateGroup(
            kind="exact" if page.groups.exact[group] else "mirrored" if page.groups.mirrored[group] else "near",
            kept=members[bounds[group]].key,
            samples=tuple(members[bounds[group] : bounds[group + 1]]),
            contradictory_labels=bool(page.contradictory_labels[group]),
            contradictory_predictions=bool(page.contradictory_predictions[group]),
            crosses_splits=bool(page.crosses_splits[group]),
        )
        for group in range(len(page.groups.sizes))
    )


def copies(found: Duplicates) -> np.ndarray:
    """Sample ids of all members but the kept ones."""
    return np.sort(found.sample_ids[~found.groups.is_kept])


def leaks(found: Duplicates) -> np.ndarray:
    """Sample ids of the members that have a duplicate in another split."""
    known = split_codes(found.samples)[found.groups.members] >= 0
    return np.sort(found.sample_ids[found.crosses_splits[found.groups.of_member] & known])


def evaluate_deduplicated(
    database: Database,
    model: Model,
    filter: Filter,
    *,
    labels: LabelVersion,
    kind: DuplicateKind | None,
    threshold: float | None,
    bits: int,
    level: float | None,
) -> DeduplicatedEvaluation:
    """Scores with and without copies and leaks of one kind or all, side by side."""
    found = find_duplicates(database, kind=kind, threshold=threshold, bits=bits)
    copied = copies(found)
    left_out = np.union1d(copied, leaks(found))
    selected = Selection(database, filter, model_id=model.model_id, missing_policy=model.missing_policy, labels=labels)
    shown = sample_columns(selected, [], shown=True)["sample_id"]
    copy_count = int(np.isin(copied, shown).sum())

    def scores(excluded_ids: Sequence[int]) -> Evaluation:
        return evaluate(
            database, model, filter, with_importance=False, labels=labels, level=level, excluded_ids=excluded_ids
        )

    return DeduplicatedEvaluation(
        all_samples=scores([]),
        without_duplicates=scores(left_out.tolist()),
        copy_count=copy_count,
        leak_count=int(np.isin(left_out, shown).sum()) - copy_count,
    )
