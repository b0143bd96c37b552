"""Suspected labels among the samples of a selection."""

from dataclasses import dataclass
from typing import Any

from misnomer.store.selection import Selection

_DECIDED = (
    "left join (select sample_id, arg_max(action, decision_id) as action from decisions "
    "where undone_at is null group by sample_id) d using (sample_id) left join corrected_labels c using (sample_id)"
)
_STANDS = "(suspected and c.sample_id is null)"


@dataclass(frozen=True)
class SuspectCounts:
    """Of the samples of a selection.

    Attributes:
        checked: with a label that could be judged.
        suspected: whose label is suspected.
        seen: of these, with any decision.
        kept, corrected: of these, with a decision on the label.
    """

    checked: int
    suspected: int
    seen: int
    kept: int
    corrected: int


@dataclass(frozen=True)
class AccuracyCounts:
    """Of the samples of a selection that can be right or wrong.

    Attributes:
        compared: all.
        right: predicted as labelled.
        settled_right: right by the label after the review, those that are suspected and undecided left out.
        suspected_wrong: suspected, undecided, and not predicted as labelled.
    """

    compared: int
    right: int
    settled_right: int
    suspected_wrong: int


@dataclass(frozen=True)
class Suspect:
    """A suspected label and the class that most speaks against it."""

    sample_id: int
    label_quality: float
    suggested: str


def count_suspects(selection: Selection) -> SuspectCounts:
    """How many labels are suspected, and how far the review is."""
    inner, parameters = _checked(selection)
    (row,) = selection.database.rows(
        "select count(*), count(*) filter (suspected), count(*) filter (suspected and d.action is not null), "
        "count(*) filter (suspected and d.action = 'keep'), count(*) filter (suspected and d.action = 'correct') "
        f"from ({inner}) {_DECIDED}",
        parameters,
    )
    return SuspectCounts(*row)


def count_accuracy(selection: Selection) -> AccuracyCounts:
    """What bounds of the accuracy need; with a class filter, of the labels in it."""
    inner, parameters = selection.sql(
        "s.sample_id, s.label_id as label_id, p.class_id as class_id, coalesce(l.suspected, false) as suspected",
        sources=["predictions", "label_checks"],
    )
    compared = "label_id is not null"
    if selection.missing_policy != "wrong":
        compared += " and class_id is not null"
    if selection.filter.classes is not None:
        class_ids = selection.class_ids(selection.filter.classes)
        compared += f" and label_id in ({', '.join(map(str, class_ids)) or 'null'})"
    right = "coalesce(class_id = i.label_id, false)"
    (row,) = selection.database.rows(
        f"select count(*), count(*) filter ({right}), "
        f"count(*) filter (not {_STANDS} and class_id = coalesce(c.label_id, i.label_id)), "
        f"count(*) filter ({_STANDS} and not {right}) "
        f"from (select * from ({inner}) where {compared}) i left join corrected_labels c using (sample_id)",
        parameters,
    )
    return AccuracyCounts(*row)


def list_suspects(selection: Selection, *, limit: int | None, offset: int) -> list[Suspect]:
    """Suspected labels that are not decided on, the worst first, those that were skipped last."""
    inner, parameters = _checked(selection)
    page = (f"limit {int(limit)} " if limit is not None else "") + f"offset {int(offset)}"
    rows = selection.database.rows(
        "select sample_id, label_quality, (select name from classes where class_id = suggested_id) "
        f"from ({inner}) {_DECIDED} where {_STANDS} "
        f"order by d.action is not distinct from 'skip', label_quality, sample_id {page}",
        parameters,
    )
    return [Suspect(*row) for row in rows]


def find_suspect(selection: Selection, sample_id: int) -> Suspect | None:
    """One sample's suspicion; None where the label is not suspected."""
    inner, parameters = _checked(selection)
    rows: list[tuple[Any, ...]] = selection.database.rows(
        "select sample_id, label_quality, (select name from classes where class_id = suggested_id) "
        f"from ({inner}) where suspected and sample_id = ?",
        [*parameters, sample_id],
    )
    return Suspect(*rows[0]) if rows else None


def labels_by_suggestion(selection: Selection) -> list[tuple[int, int | None, int]]:
    """(label_id, class_id suggested for suspected labels, count), of each label the most frequent first."""
    inner, parameters = _checked(selection)
    return selection.database.rows(
        f"select label_id, case when suspected then suggested_id end, count(*) from ({inner}) "
        "group by 1, 2 order by 1, 3 desc, 2",
        parameters,
    )


def _checked(selection: Selection) -> tuple[str, list[Any]]:
    columns = "s.sample_id, s.label_id, l.label_quality, l.suggested_id, l.suspected"
    inner, parameters = selection.sql(columns, sources=["label_checks"], shown=True)
    return f"select * from ({inner}) where suspected is not null", parameters
