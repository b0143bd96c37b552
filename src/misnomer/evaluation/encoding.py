"""Labels and predictions as people have them (arrays, lists, columns; numbers or text) to class indices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.errors import InputError, UnknownName

# Whole numbers in [0, this) are class indices as they stand; others are looked up.
DIRECT_INDICES = 1 << 16


@dataclass(frozen=True)
class EncodedClasses:
    """Columns of classes as indices into ``class_names``; −1: none. Not all names need to occur.

    ``complete``: it is known that no value is missing.
    """

    codes: tuple[np.ndarray, ...]
    class_names: tuple[str, ...]
    complete: bool = False


@dataclass(frozen=True)
class _Distinct:
    """The distinct values of a column, and each row's place among them (−1: missing)."""

    values: list[str] | list[int]
    codes: np.ndarray


def encode_classes(columns: Mapping[str, Any], classes: Sequence[Any] | None = None) -> EncodedClasses:
    """Class indices of columns that name the same classes.

    Without ``classes``, the classes are the values that occur: text in byte-wise order, numbers by value. With them,
    their order is that of ``classes``; whole numbers are then indices, unless ``classes`` are whole numbers too.

    Args:
        columns: by the word for them in errors ("labels", "predictions"): NumPy array, list, pandas Series, Arrow
            array, …; None and NaN are missing.

    Raises:
        InputError: neither whole numbers nor text; or numbers in one column, text in the other; or an index out of
            range.
        UnknownName: a value that is not among ``classes``.
    """
    read = {word: _read(values, word) for word, values in columns.items()}
    if classes is None and all(isinstance(column, np.ndarray) for column in read.values()):
        direct = _direct_indices(list(read.values()))
        if direct is not None:
            return direct
    distinct = {word: _distinct(column) for word, column in read.items()}
    known = _all_values(distinct) if classes is None else list(classes)
    index_by_value = {value: index for index, value in enumerate(known)}
    if len(index_by_value) < len(known):
        repeated = next(value for index, value in enumerate(known) if index_by_value[value] != index)
        raise InputError(f"The classes have {repeated!r} twice.", hint="Give each class once.")
    codes = tuple(_look_up(column, index_by_value, word) for word, column in distinct.items())
    return EncodedClasses(codes, tuple(map(str, known)))


def distinct_classes(labels: Any) -> list[int] | list[str]:
    """The classes that occur among the labels, in class order, as whole numbers or text."""
    return _all_values({"labels": _distinct(_read(labels, "labels"))})


def _read(values: Any, word: str) -> np.ndarray | pa.Array:
    """Whole numbers as a NumPy array when none is missing; else whole numbers or text as an Arrow array."""
    if isinstance(values, np.ndarray) and values.ndim != 1:
        raise InputError(f"The {word} have shape {values.shape}.", hint=f"Give one value a sample as {word}.")
    if isinstance(values, np.ndarray) and values.dtype.kind in "iu":
        return values if values.dtype.itemsize >= 4 else values.astype(np.int32)
    if isinstance(values, np.ndarray) and values.dtype.kind == "U":
        return _from_fixed_width_text(values)
    try:
        array = values if isinstance(values, pa.ChunkedArray) else pa.array(values, from_pandas=True)
        array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
        return _classes_of_type(array, word)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as problem:
        raise _not_classes(word, str(problem)) from None


def _classes_of_type(array: pa.Array, word: str) -> np.ndarray | pa.Array:
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    if pa.types.is_boolean(kind):
        return pc.if_else(array, "True", "False")
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        numbers = array.cast(pa.int64())
        return numbers if numbers.null_count else numbers.to_numpy()
    if pa.types.is_null(kind):
        return array.cast(pa.string())
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        raise _not_classes(word, f"they are of type {array.type}")
    return array


def _not_classes(word: str, problem: str) -> InputError:
    return InputError(
        f"Cannot read the {word}: {problem}.",
        hint=f"Give the {word} as text or as whole numbers, one a sample, None where there is none.",
    )


def _from_fixed_width_text(values: np.ndarray) -> pa.Array:
    """A dictionary straight from NumPy's fixed-width text, without a Python string a row."""
    if values.dtype.itemsize == 0 or values.size == 0:
        return pa.array(values.tolist(), pa.string())
    width = pa.binary(values.dtype.itemsize)
    rows = pa.FixedSizeBinaryArray.from_buffers(width, values.size, [None, pa.py_buffer(np.ascontiguousarray(values))])
    encoded = rows.dictionary_encode()
    names = np.frombuffer(b"".join(encoded.dictionary.to_pylist()), values.dtype)
    return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(names.tolist(), pa.string()))


def _direct_indices(columns: list[np.ndarray]) -> EncodedClasses | None:
    """Small whole numbers ≥ 0 serve as they are; a class that does not occur is in no score."""
    # Seen as unsigned, a negative number is a very large one: one pass finds both kinds of misfit.
    highest = max((int(c.view(c.dtype.str.replace("i", "u")).max()) for c in columns if c.size), default=None)
    if highest is None or highest >= DIRECT_INDICES:
        return None
    return EncodedClasses(tuple(columns), tuple(map(str, range(highest + 1))), complete=True)


def _distinct(column: np.ndarray | pa.Array) -> _Distinct:
    array = pa.array(column) if isinstance(column, np.ndarray) else column
    encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    codes = encoded.indices.cast(pa.int32()).fill_null(-1).to_numpy()
    return _Distinct(encoded.dictionary.to_pylist(), codes)


def _all_values(distinct: Mapping[str, _Distinct]) -> list[Any]:
    """Every value of any column, in class order."""
    numbers = [word for word, column in distinct.items() if any(isinstance(v, int) for v in column.values)]
    texts = [word for word, column in distinct.items() if any(isinstance(v, str) for v in column.values)]
    if numbers and texts:
        raise InputError(
            f"The {numbers[0]} are whole numbers, but the {texts[0]} are text.",
            hint="Give both as names, or both as indices.",
        )
    # Python orders text by code point, which is the order of its UTF-8 bytes.
    return sorted({value for column in distinct.values() for value in column.values})


def _look_up(column: _Distinct, index_by_value: Mapping[Any, int], word: str) -> np.ndarray:
    """(N,) int32 class indices of a column."""
    are_indices = bool(column.values) and isinstance(column.values[0], int)
    if are_indices and any(isinstance(known, str) for known in index_by_value):
        index_by_value = {index: index for index in range(len(index_by_value))}
    for value in column.values:
        if value not in index_by_value:
            known = [str(name) for name in index_by_value]
            raise UnknownName(f"class among the {word}:", str(value), known)
    # Index −1, a missing value, finds the last entry.
    indices = np.array([*(index_by_value[value] for value in column.values), -1], np.int32)
    return np.asarray(indices[column.codes])
