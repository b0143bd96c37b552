"""What evaluation starts from: counts and columns of the samples that a Selection chooses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from misnomer.store.fields import Source
from misnomer.store.selection import Selection


@dataclass(frozen=True)
class SampleCounts:
    """How many samples, how many of them with a label, how many with a prediction, how many with both."""

    sample_count: int
    labelled_count: int
    predicted_count: int
    compared_count: int


def count_selected(selection: Selection) -> SampleCounts:
    """Counts of the samples shown: chosen by the filter, with label ∈ S or prediction ∈ S."""
    sources: list[Source] = ["predictions"] if selection.model_id is not None else []
    prediction = "p.class_id" if sources else "null"
    sql, parameters = selection.sql(
        f"count(*), count(s.label_id), count({prediction}), count(s.label_id + {prediction})",
        sources=sources,
        shown=True,
    )
    return SampleCounts(*map(int, selection.database.rows(sql, parameters)[0]))


def confusion_triples(selection: Selection) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Samples by label and prediction, before the class filter.

    Returns:
        label_ids, class_ids (int32, (n,); −1: no prediction, under the policy "wrong"), counts (int64, (n,)).
    """
    has_both = "s.label_id is not null"
    if selection.missing_policy != "wrong":
        has_both += " and p.class_id is not null"
    inner, parameters = selection.sql(
        f"s.label_id as label_id, coalesce(p.class_id, -1) as class_id, {has_both} as has_both",
        sources=["predictions"],
    )
    table = selection.database.arrow(
        f"select label_id, class_id, count(*) as n from ({inner}) where has_both group by all order by all",
        parameters,
    )
    return (
        _numpy(table, "label_id", np.int32),
        _numpy(table, "class_id", np.int32),
        _numpy(table, "n", np.int64),
    )


def class_counts(selection: Selection) -> list[tuple[str, int]]:
    """Labelled samples of each class that has any, in the project's class order, of the samples shown."""
    inner, parameters = selection.sql("s.label_id as label_id", shown=True)
    return selection.database.rows(
        f"select name, count(*) from ({inner}) join classes on class_id = label_id "
        "group by name, position order by position nulls last, encode(name)",
        parameters,
    )


def sample_columns(
    selection: Selection,
    names: Sequence[str],
    *,
    prediction_columns: Iterable[str] = (),
    compared_only: bool = False,
    shown: bool = False,
) -> dict[str, np.ndarray]:
    """Columns of the chosen samples, in the order of the samples, aligned with each other.

    Args:
        names: metrics; float64, NaN where missing.
        prediction_columns: columns of the predictions table by their own names, as they are stored.
        compared_only: only samples that can be right or wrong: labelled, and predicted unless missing counts as wrong.
        shown: also apply the class filter.

    Returns:
        The columns by name, and "sample_id", "label_id", "class_id" (int32, −1 where missing).
    """
    metrics = [selection.field(name) for name in names]
    columns = [f'{f.sql}::double as "m{i}"' for i, f in enumerate(metrics)]
    extra = list(prediction_columns)
    columns += [f'p.{name} as "p{i}"' for i, name in enumerate(extra)]
    sources: list[Source] = ["predictions"] if selection.model_id is not None else []
    class_id = "p.class_id" if sources else "null::integer"
    inner, parameters = selection.sql(
        ", ".join(["s.sample_id as sample_id", "s.label_id as label_id", f"{class_id} as class_id", *columns]),
        names=names,
        sources=sources,
        shown=shown,
    )
    condition = ""
    if compared_only:
        condition = "where label_id is not null" + (
            "" if selection.missing_policy == "wrong" else " and class_id is not null"
        )
    table = selection.database.arrow(f"select * from ({inner}) {condition} order by sample_id", parameters)
    answer = {name: _numpy(table, name, np.int32) for name in ("sample_id", "label_id", "class_id")}
    answer |= {name: _numpy(table, f"m{i}", np.float64) for i, name in enumerate(names)}
    answer |= {name: _numpy(table, f"p{i}", None) for i, name in enumerate(extra)}
    return answer


def _numpy(table: pa.Table, name: str, dtype: type | None) -> np.ndarray:
    """A column of numbers, −1 or NaN where missing; by DLPack, since ``to_numpy`` spends 0.4 s on importing pandas."""
    column = table[name].cast(pa.float64()) if dtype is np.float64 else table[name]
    if column.null_count:
        column = column.fill_null(np.nan if pa.types.is_floating(column.type) else -1)
    values: np.ndarray = np.from_dlpack(column.combine_chunks())
    return values if dtype is None else values.astype(dtype, copy=False)
