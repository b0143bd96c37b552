"""Which row of a predictions file is which sample's; everything that does not fit goes into the report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.errors import LengthMismatch, UnknownName, UnverifiedOrder
from misnomer.readers.column_order import confirm_columns, predicted_classes
from misnomer.readers.duplicates import Kept, keep_one_each
from misnomer.readers.embeddings import EmbeddingFile
from misnomer.readers.join import Join, JoinRule, join_keys
from misnomer.readers.labels import LabelListing
from misnomer.readers.order import find_ordered_samples
from misnomer.readers.predictions import PredictionFile, ProbabilityMatrix
from misnomer.readers.predictions.kind import RecognisedKind
from misnomer.settings import get_int


@dataclass(frozen=True)
class Alignment:
    """The rows of a file and the samples that they are of.

    Attributes:
        sample_rows: (m,) int64, each sample once.
        file_rows: (m,) int64, the row of the file for each.
        unmatched_rows: (u,) int64, rows of the file whose key is no sample's yet, each key once.
    """

    sample_rows: np.ndarray
    file_rows: np.ndarray
    unmatched_rows: np.ndarray


def align_rows(
    file: PredictionFile,
    sample_keys: pa.ChunkedArray,
    sample_labels: pa.ChunkedArray,
    sample_splits: pa.ChunkedArray,
    *,
    split: str | None = None,
) -> Alignment:
    """Join a file with the samples by key or, without keys, by verified order; findings go into ``file.report``.

    Args:
        file: as ``read_predictions`` gives it.
        sample_keys: (n,) unique strings.
        sample_labels: (n,) class names, null: unlabelled.
        sample_splits: (n,) strings, null: none.
        split: only samples of this split are meant.

    Raises:
        LengthMismatch: rows without keys, but not as many as samples.
        UnverifiedOrder: rows without keys whose order the labels do not confirm, or columns without names that are,
            by the labels, other classes.
        UnknownName: no sample is of this split.
    """
    chosen = _samples_of(sample_splits, split)
    if file.keys is None:
        chosen = find_ordered_samples(file, sample_labels, sample_splits, chosen, split=split)
        rows = np.arange(file.row_count)
        alignment = Alignment(chosen, rows, np.empty(0, np.int64))
    else:
        alignment = _align_by_key(file, file.keys, sample_keys, chosen)
        if file.classes_by_position:
            confirm_columns(
                predicted_classes(file),
                sample_labels,
                alignment.sample_rows,
                alignment.file_rows,
                source=file.report.source,
            )
    alignment = _with_prediction(file, alignment)
    without = chosen[~np.isin(chosen, alignment.sample_rows, kind="table")]
    _report(file, "without_prediction", sample_keys, without)
    file.report.counts |= {"rows": file.row_count, "matched": len(alignment.file_rows)}
    return alignment


def align_labels(listing: LabelListing, sample_keys: pa.ChunkedArray) -> Alignment:
    """Join a file of labels with the samples by key; findings go into ``listing.report``.

    Args:
        listing: as ``read_labels`` gives it.
        sample_keys: (n,) unique strings.
    """
    keys, labels = listing.labels["key"], listing.labels["label"]
    file = PredictionFile(keys, len(keys), listing.report, predictions=labels)
    return _align_by_key(file, keys, sample_keys, np.arange(len(sample_keys)))


def align_vectors(
    file: EmbeddingFile,
    sample_keys: pa.ChunkedArray,
    sample_splits: pa.ChunkedArray,
    *,
    split: str | None = None,
    in_order: bool = False,
) -> Alignment:
    """Join vectors with the samples by key or, without keys, in the order that the user declares.

    Args:
        file: as ``read_embeddings`` gives it; findings go into its report.
        sample_keys: (n,) unique strings.
        sample_splits: (n,) strings, null: none.
        split: only samples of this split are meant.
        in_order: rows without keys are the samples in the order of adding; nothing about a vector can confirm it.

    Raises:
        LengthMismatch: rows in order, but not as many as samples.
        UnverifiedOrder: rows without keys, and the order is not declared.
        UnknownName: no sample is of this split.
    """
    chosen, count = _samples_of(sample_splits, split), file.source.shape[0]
    if file.keys is None:
        _check_declared_order(file, len(chosen), in_order)
        return Alignment(chosen, np.arange(count), np.empty(0, np.int64))
    vectors = ProbabilityMatrix(file.source, (), RecognisedKind("logits"))  # compared by content where keys repeat
    rows = PredictionFile(file.keys, count, file.report, matrix=vectors)
    alignment = _align_by_key(rows, file.keys, sample_keys, chosen)
    file.report.findings[:] = [
        replace(finding, kind="unknown_sample") if finding.kind == "extra_key" else finding
        for finding in file.report.findings
    ]
    without = chosen[~np.isin(chosen, alignment.sample_rows, kind="table")]
    _report(rows, "without_vector", sample_keys, without)
    return alignment


def _check_declared_order(file: EmbeddingFile, sample_count: int, in_order: bool) -> None:
    count, source = file.source.shape[0], file.report.source
    if count != sample_count:
        raise LengthMismatch(
            f"{source} has {count:,} vectors and no keys, but there are {sample_count:,} samples.",
            hint="Give the keys of its rows (keys=, --keys FILE), or name the split that they are of.",
        )
    if not in_order:
        raise UnverifiedOrder(
            f"{source} has no keys, and nothing in a vector tells which sample it is of.",
            hint="Give the keys of its rows (keys=, --keys FILE), or say that they are in the order of the samples "
            "(in_order=True, --in-order).",
        )


def _samples_of(sample_splits: pa.ChunkedArray, split: str | None) -> np.ndarray:
    if split is None:
        return np.arange(len(sample_splits))
    chosen = pc.fill_null(pc.equal(sample_splits, split), False).to_numpy()
    if not chosen.any():
        raise UnknownName("split", split, sorted(pc.unique(sample_splits).drop_null().to_pylist()))
    return np.flatnonzero(chosen)


def _align_by_key(
    file: PredictionFile, keys: pa.ChunkedArray, sample_keys: pa.ChunkedArray, chosen: np.ndarray
) -> Alignment:
    candidates = sample_keys.take(pa.array(chosen))
    join = join_keys(keys, candidates)
    missing = pc.fill_null(pc.match_substring_regex(keys, r"^\s*$"), True).to_numpy()
    _report(file, "missing_key", None, np.flatnonzero(missing))
    _report_join(file, keys, candidates, join)
    unmatched = np.flatnonzero((join.rules == JoinRule.UNMATCHED) & ~missing)
    elsewhere = np.empty(0, np.int64)
    if len(unmatched) and len(chosen) < len(sample_keys):
        elsewhere = unmatched[pc.is_in(keys.take(pa.array(unmatched)), value_set=sample_keys).to_numpy()]
    _report(file, "extra_key", keys, elsewhere, detail="samples of other splits; left out")
    unmatched = unmatched[~np.isin(unmatched, elsewhere)]
    matched = np.flatnonzero(join.sample_rows >= 0)
    is_none = not len(matched) and len(candidates) > 0
    example = f"no key of the file is that of a sample, such as {candidates[0].as_py()!r}" if is_none else ""
    _report(file, "extra_key", keys, unmatched, detail=example)
    kept = _keep_once(file, keys, join, matched, unmatched)
    found = join.sample_rows[kept.rows] >= 0
    return Alignment(chosen[join.sample_rows[kept.rows[found]]], kept.rows[found], kept.rows[~found])


def _keep_once(
    file: PredictionFile, keys: pa.ChunkedArray, join: Join, matched: np.ndarray, unmatched: np.ndarray
) -> Kept:
    """One row for each sample, and one for each key without sample."""
    extra_codes = (
        pc.rank(keys.take(pa.array(unmatched)), tiebreaker="dense").to_numpy() if len(unmatched) else unmatched
    )
    owners = np.concatenate([join.sample_rows[matched], -extra_codes.astype(np.int64)])
    kept = keep_one_each(file, np.concatenate([matched, unmatched]), owners, join.rules)
    _report(file, "duplicate_key", keys, kept.repeated)
    _report(file, "duplicate_key", keys, kept.weaker, detail="another row names the sample more exactly")
    _report(file, "conflicting_duplicate", keys, kept.conflicting)
    return kept


def _report_join(file: PredictionFile, keys: pa.ChunkedArray, candidates: pa.ChunkedArray, join: Join) -> None:
    normalised = np.flatnonzero(join.rules == JoinRule.NORMALISED)
    _report(file, "converted", keys, normalised, detail="keys matched after normalising the path")
    _report(file, "matched_by_suffix", keys, np.flatnonzero(join.rules == JoinRule.SUFFIX))
    _report(file, "matched_by_stem", keys, np.flatnonzero(join.rules == JoinRule.STEM))
    if join.candidates:
        rows = np.array(sorted(join.candidates), np.int64)
        names = candidates.take(pa.array(join.candidates[int(rows[0])])).to_pylist()
        detail = f"{keys[int(rows[0])].as_py()!r} could be {names[0]!r} or {names[1]!r}"
        _report(file, "ambiguous_key", keys, rows, detail=detail)


def _with_prediction(file: PredictionFile, alignment: Alignment) -> Alignment:
    """Without the rows that name no class."""
    if file.predictions is None:
        return alignment
    has = file.predictions.is_valid().to_numpy()
    found = has[alignment.file_rows]
    rows = alignment.unmatched_rows
    return Alignment(alignment.sample_rows[found], alignment.file_rows[found], rows[has[rows]])


def _report(
    file: PredictionFile, kind: str, keys: pa.ChunkedArray | None, rows: np.ndarray, *, detail: str = ""
) -> None:
    """A finding with the first of the keys at ``rows``; rows have numbers where there are no keys."""
    listed = rows[: get_int("report_keys")]
    names: Sequence[str] = [f"row {row + 1}" for row in listed]
    if keys is not None:
        names = [str(key) for key in keys.take(pa.array(listed)).to_pylist()]
    file.report.add(kind, names, count=len(rows), detail=detail)
