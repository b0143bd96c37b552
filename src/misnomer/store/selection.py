"""A Filter as SQL, here and nowhere else: which samples, seen with which model."""

from collections.abc import Iterable, Sequence
from typing import Any

from misnomer.errors import InputError, InvalidFilter, UnknownName
from misnomer.filters import Condition, Filter
from misnomer.schema import LabelVersion, MissingPolicy
from misnomer.store.database import Database
from misnomer.store.fields import ALIASES, OF_MODELS, Field, Source, field_of_model, list_fields
from misnomer.store.label_checks import check_of_model
from misnomer.store.samples import unknown_key

_SAMPLES: dict[LabelVersion, str] = {
    "given": "samples s",
    "corrected": "(select g.* replace (coalesce(c.label_id, g.label_id) as label_id), g.label_id as given_label_id "
    "from samples g left join corrected_labels c using (sample_id)) s",
}
_RIGHT = "p.class_id is not distinct from s.label_id"


class Selection:
    """The samples of a filter, ready to be counted, listed or read.

    Args:
        filter: which samples.
        model_id: the model whose predictions are meant; None: no model.
        missing_policy: with "wrong", a labelled sample without prediction is a false negative.
        labels: the labels as given, or as corrected by the decisions of a review.
        excluded_ids: samples to leave out, whatever the filter says.

    Raises:
        UnknownName: the filter names a class, tag, split, metric or column that is not there.
        InvalidFilter: it asks for an outcome without a model, or compares text with a number.
    """

    def __init__(
        self,
        database: Database,
        filter: Filter,
        *,
        model_id: int | None = None,
        missing_policy: MissingPolicy = "exclude",
        labels: LabelVersion = "given",
        excluded_ids: Sequence[int] = (),
    ) -> None:
        if labels not in _SAMPLES:
            raise UnknownName("version of the labels", labels, _SAMPLES)
        self.database = database
        self.filter = filter
        self.model_id = model_id
        self.missing_policy = missing_policy
        self.labels = labels
        self.fields = list_fields(database)
        self._conditions: list[str] = []
        self._parameters: list[Any] = []
        self._sources: set[Source] = set()
        self._add_filter()
        if len(excluded_ids):
            self._add("s.sample_id not in (select unnest(?::integer[]))", list(excluded_ids))

    def field(self, name: str) -> Field:
        """A field by its name; ``prediction@MODEL``, ``confidence@MODEL`` and ``correct@MODEL`` are of any model."""
        if name not in self.fields:
            if of_model := field_of_model(self.database, name):
                return of_model
            raise UnknownName("metric or column", name, self.fields)
        field = self.fields[name]
        if field.source == "predictions" and self.model_id is None:
            raise InvalidFilter(f"{name!r} needs a model.", hint=self._model_hint())
        return field

    def sql(
        self,
        select: str,
        *,
        names: Iterable[str] = (),
        sources: Iterable[Source] = (),
        tail: str = "",
        shown: bool = False,
    ) -> tuple[str, list[Any]]:
        """A whole query and its parameters.

        Args:
            select: what to select; s, i, nm, a, p, l, m stand for samples, image_metrics, neighbor_metrics, attributes,
                predictions, label_checks, map_points.
            names: fields that ``select`` and ``tail`` mention, so that their tables are joined.
            sources: further tables to join.
            tail: group by, order by, limit.
            shown: also apply the class filter: label ∈ S or prediction ∈ S.
        """
        needed = self._sources | {self.field(name).source for name in names} | set(sources)
        conditions = list(self._conditions)
        if shown and self.filter.classes is not None:
            conditions.append(self._shown_condition(self.class_ids(self.filter.classes)))
            needed |= {"predictions"} if self.model_id is not None else set()
        joins, parameters = self._joins(needed - {"samples"})
        where = f"where {' and '.join(conditions)}" if conditions else ""
        return f"select {select} from {_SAMPLES[self.labels]} {joins} {where} {tail}", parameters + self._parameters

    def _joins(self, sources: set[Source]) -> tuple[str, list[Any]]:
        joins, parameters = [], []
        for source in sorted(sources):
            on = f"{ALIASES[source]}.sample_id = s.sample_id"
            if source in OF_MODELS:
                on += f" and {ALIASES[source]}.model_id = ?"
                parameters.append(self.model_of(source))
            joins.append(f"{'' if self._has_every_sample(source) else 'left '}join {source} {ALIASES[source]} on {on}")
        return " ".join(joins), parameters

    def table(self, source: Source) -> str:
        """A table with its alias; of the samples, with the labels of the version that is asked for."""
        return _SAMPLES[self.labels] if source == "samples" else f"{source} {ALIASES[source]}"

    def model_of(self, source: Source) -> int | None:
        """The model whose rows of a table with rows of several are meant."""
        return check_of_model(self.database, self.model_id) if source == "label_checks" else self.model_id

    def _has_every_sample(self, source: Source) -> bool:
        """Whether a table has a row for every sample: an inner join then gives the same in a quarter of the time."""
        if source == "label_checks":
            return False
        only = f"where model_id = {self.model_id}" if source == "predictions" else ""
        sql = f"select (select count(*) from {source} {only}) = (select count(*) from samples)"
        return bool(self.database.known(sql, lambda: self.database.value(sql)))

    def _model_hint(self) -> str:
        names = [name for (name,) in self.database.rows("select name from models order by model_id")]
        if names:
            return f"Say which model, with --model NAME (model=NAME): {', '.join(names)}"
        return "Add one: misnomer add-predictions PROJECT FILE --model NAME"

    def _shown_condition(self, class_ids: Sequence[int]) -> str:
        if self.model_id is None:
            return f"s.label_id in {_in(class_ids)}"
        return f"(s.label_id in {_in(class_ids)} or p.class_id in {_in(class_ids)})"

    @property
    def selected_class_ids(self) -> list[int] | None:
        """Ids of the class filter's classes; None: there is no class filter."""
        return None if self.filter.classes is None else self.class_ids(self.filter.classes)

    def class_ids(self, names: Iterable[str]) -> list[int]:
        """Ids of classes by name."""
        known = dict(self.database.rows("select name, class_id from classes order by name"))
        for name in names:
            if name not in known:
                raise UnknownName("class", name, known)
        return [known[name] for name in names]

    def _add_filter(self) -> None:
        filter = self.filter
        if filter.classes is not None:
            self.class_ids(filter.classes)
        if filter.outcome is not None:
            self._add_outcome()
        for condition in filter.where:
            self._add_condition(condition)
        self._add_tags()
        self._add_splits()
        if filter.text:
            self._add("contains(lower(s.key), lower(?))", filter.text)
        if filter.keys is not None:
            self._add_keys(filter.keys)
        if filter.region is not None:
            self._add_region(filter.region)

    def _add_region(self, corners: Sequence[tuple[float, float]]) -> None:
        """Inside a polygon of the map: an odd number of its edges lies to the right (even-odd rule)."""
        if not self.database.value("select exists (select 1 from map_points)"):
            raise InvalidFilter("There is no map yet.", hint="Make it: misnomer compute PROJECT embeddings map")
        self._sources.add("map_points")
        xs, ys = zip(*corners, strict=True)
        self._add("m.x between ? and ? and m.y between ? and ?", min(xs), max(xs), min(ys), max(ys))
        crossings, parameters = [], []
        for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
            if y1 != y2:
                crossings.append("((m.y < ?) <> (m.y < ?) and m.x < ? + (m.y - ?) * ?)::integer")
                parameters += [y1, y2, x1, y1, (x2 - x1) / (y2 - y1)]
        self._add(f"({' + '.join(crossings) or '0'}) % 2 = 1", *parameters)

    def _add(self, condition: str, *parameters: Any) -> None:
        self._conditions.append(condition)
        self._parameters.extend(parameters)

    def _add_outcome(self) -> None:
        if self.model_id is None:
            raise InvalidFilter(
                "An outcome needs a model's predictions.",
                hint=self._model_hint(),
            )
        self._sources.add("predictions")
        selected = None if self.filter.classes is None else _in(self.class_ids(self.filter.classes))
        label_in = "s.label_id is not null" if selected is None else f"s.label_id in {selected}"
        prediction_in = "p.class_id is not null" if selected is None else f"p.class_id in {selected}"
        wrong = f"s.label_id is not null and not ({_RIGHT})"
        if self.missing_policy != "wrong":
            wrong += " and p.class_id is not null"
        self._add(
            {
                "tp": f"({prediction_in} and {_RIGHT})",
                "fp": f"({prediction_in} and {wrong})",
                "fn": f"({label_in} and {wrong})",
            }[self.filter.outcome or "tp"]
        )

    def _add_condition(self, condition: Condition) -> None:
        field = self.field(condition.field)
        self._sources.add(field.source)
        if condition.operator in ("is null", "is not null"):
            self._add(f"{field.sql} {condition.operator}")
        elif condition.operator in ("in", "not in"):
            self._add(f"{field.sql} {condition.operator} (select unnest(?::varchar[]))", _as_texts(condition))
        elif field.type == "number":
            self._add(f"{field.sql} {condition.operator} ?", _as_number(condition))
        else:
            value = _as_text(condition.value)
            self._refuse_field_as_value(field, value)
            self._add(f"{field.sql} {condition.operator} ?", value)

    def _refuse_field_as_value(self, field: Field, value: str) -> None:
        """``label != prediction`` would compare with the text "prediction", which hardly anybody means."""
        if value not in self.fields:
            return
        sql = f"select exists (select 1 from {self.table(field.source)} where {field.sql} = ?)"
        if not self.database.value(sql, [value]):
            raise InvalidFilter(
                f"{value!r} is a field itself, and no sample has it as {field.name!r}.",
                hint="A condition compares a field with a value, not with another field. Wrong predictions are the "
                'outcome fp; labels that a review changed: "decision = correct".',
            )

    def _add_tags(self) -> None:
        known = [tag for (tag,) in self.database.rows("select distinct tag from tags order by tag")]
        for tag in self.filter.tags:
            if tag not in known:
                raise UnknownName("tag", tag, known)
            self._add("s.sample_id in (select sample_id from tags where tag = ?)", tag)

    def _add_splits(self) -> None:
        if not self.filter.splits:
            return
        known = [
            s for (s,) in self.database.rows("select distinct split from samples where split is not null order by 1")
        ]
        for split in self.filter.splits:
            if split not in known:
                raise UnknownName("split", split, known)
        self._add("s.split in (select unnest(?::varchar[]))", list(self.filter.splits))

    def _add_keys(self, keys: Sequence[str]) -> None:
        found = self.database.rows("select key from samples where key in (select unnest(?::varchar[]))", [list(keys)])
        missing = set(keys) - {key for (key,) in found}
        if missing:
            raise unknown_key(self.database, min(missing))
        self._add("s.key in (select unnest(?::varchar[]))", list(keys))


def _in(class_ids: Sequence[int]) -> str:
    return f"({', '.join(map(str, class_ids))})" if class_ids else "(null)"


def _as_number(condition: Condition) -> float:
    if isinstance(condition.value, bool) or not isinstance(condition.value, int | float):
        raise InputError(
            f"{condition.field!r} is a number, but {condition.value!r} is not.",
            hint=f'For example "{condition.field} < 0.3".',
        )
    return float(condition.value)


def _as_texts(condition: Condition) -> list[str]:
    if not isinstance(condition.value, tuple):
        raise InputError(
            f"{condition.field!r} is to be {condition.operator} {condition.value!r}, which is no list.",
            hint=f"For example \"{condition.field} in ('a', 'b')\".",
        )
    return list(condition.value)


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
