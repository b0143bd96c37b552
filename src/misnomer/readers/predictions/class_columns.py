"""One column a class: recognise which columns they are, and of which classes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from misnomer.errors import LengthMismatch
from misnomer.readers.predictions.class_names import ClassNames
from misnomer.readers.report import ImportReport

_WORDS = "|".join(
    (
        *("probability", "proba", "probs?", "p", "scores?", "logits?", "log_?probs?", "conf", "confidence", "softmax"),
        *("class", "outputs?", "preds?", "y_pred", "y_score", "y_prob"),
    )
)
_PREFIX = re.compile(rf"(?P<affix>(?:{_WORDS})[ _\-:.]*)(?P<name>.+)", re.IGNORECASE)
_SUFFIX = re.compile(rf"(?P<name>.+?)(?P<affix>[ _\-:.]+(?:{_WORDS}))", re.IGNORECASE)


@dataclass(frozen=True)
class ClassColumns:
    """Columns of a table and the class of each, in the table's order."""

    columns: tuple[str, ...]
    class_names: tuple[str, ...]
    by_position: bool


def find_class_columns(
    numeric_columns: Sequence[str], classes: ClassNames, report: ImportReport, *, has_prediction: bool
) -> ClassColumns | None:
    """The columns that are classes; None where there are none.

    Column names are class names, also behind a common prefix or before a common suffix (``prob_cat``), or count
    from 0 (``p_0``, ``1``).

    Args:
        numeric_columns: columns whose cells are numbers.
        has_prediction: another column names the class, so that a few columns called like classes are not enough.

    Raises:
        LengthMismatch: columns count from 0, but there are not as many as classes.
    """
    groups = _groups(numeric_columns)
    known = set(classes.known)
    best = max(groups, key=lambda names: _matches(names.values(), known, classes), default=None)
    matched = _matches(best.values(), known, classes) if best else 0
    if best and matched >= 2 and (2 * matched >= len(known) or not has_prediction):
        return _named(best, classes, report)
    numbered = ({column: name for column, name in names.items() if name.isdecimal()} for names in groups)
    counted = next((names for names in numbered if _counts(list(names.values()))), None)
    if counted:
        return _counted(counted, classes, report)
    if not classes.known and not has_prediction and len(numeric_columns) > 1:
        return ClassColumns(tuple(numeric_columns), tuple(numeric_columns), by_position=False)
    return None


def all_columns(columns: Sequence[str], classes: ClassNames, report: ImportReport) -> ClassColumns:
    """Every column is a class, known or not."""
    return ClassColumns(tuple(columns), tuple(classes.named(columns, report).values()), by_position=False)


def _groups(columns: Sequence[str]) -> list[dict[str, str]]:
    """Ways to read columns as classes: column → name, as it stands, and by each prefix and suffix."""
    groups: dict[tuple[str, str], dict[str, str]] = {("", ""): {column: column for column in columns}}
    for side, pattern in (("prefix", _PREFIX), ("suffix", _SUFFIX)):
        for column in columns:
            match = pattern.fullmatch(column.strip())
            if match:
                groups.setdefault((side, match["affix"].lower()), {})[column] = match["name"]
    return list(groups.values())


def _matches(names: Iterable[str], known: set[str], classes: ClassNames) -> int:
    """How many of the names are classes, differences in case and spaces included."""
    silent = ImportReport("", "", "")
    return sum(name in known for name in classes.named(names, silent).values())


def _named(names: Mapping[str, str], classes: ClassNames, report: ImportReport) -> ClassColumns:
    """Those that are classes; where an affix marks the columns, the unknown ones are classes too."""
    found = classes.named(names.values(), report)
    marked = any(column != name for column, name in names.items())
    exact_first = sorted(names.items(), key=lambda item: item[1] != found[item[1]])
    by_class: dict[str, str] = {}
    for column, name in exact_first:
        if marked or found[name] in classes.known:
            by_class.setdefault(found[name], column)
    taken = set(by_class.values())
    chosen = {column: found[name] for column, name in names.items() if column in taken}
    return ClassColumns(tuple(chosen), tuple(chosen.values()), by_position=False)


def report_unknown_columns(names: Iterable[str], classes: ClassNames, report: ImportReport) -> None:
    """Columns of a matrix whose class no label has."""
    if classes.known:
        known = set(classes.known)
        report.add("unknown_class", [name for name in names if name not in known], detail="columns")


def _counts(names: list[str]) -> bool:
    """Whether these numbers are 0 to K − 1, in any order."""
    return len(names) > 1 and sorted(map(int, names)) == list(range(len(names)))


def _counted(names: Mapping[str, str], classes: ClassNames, report: ImportReport) -> ClassColumns:
    by_position = positional_names(len(names), classes, report)
    class_names = tuple(by_position[int(number)] for number in names.values())
    return ClassColumns(tuple(names), class_names, by_position=not classes.stated)


def positional_names(count: int, classes: ClassNames, report: ImportReport) -> tuple[str, ...]:
    """The classes of columns without names, as the project writes them.

    Raises:
        LengthMismatch: the columns are not as many as the classes.
    """
    if count != len(classes.by_position):
        where = "the classes file" if classes.stated else "the project"
        raise LengthMismatch(
            f"{count:,} columns without class names, but {len(classes.by_position):,} classes in {where}.",
            hint="Say what the columns are with a classes file (--classes-file FILE): one name a line, in their order.",
        )
    return tuple(classes.named(classes.by_position, report).values())
