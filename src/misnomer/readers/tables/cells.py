"""Cells from one type to another; what cannot be converted becomes null and is handed back."""

import json

import pyarrow as pa
import pyarrow.compute as pc

_FLOAT = r"^[+-]?((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[iI]nf(inity)?|[nN]a[nN])$"
_DECIMAL_COMMA = r"^[+-]?\d*,\d+([eE][+-]?\d+)?$"
_INTEGER = r"^[+-]?\d{1,18}(\.0*)?$"


def plain_type(type: pa.DataType) -> pa.DataType:
    """The type without its encoding: dictionaries decoded, every kind of text ``pa.string()``."""
    if pa.types.is_dictionary(type) or pa.types.is_run_end_encoded(type):
        return plain_type(type.value_type)
    if pa.types.is_large_string(type) or pa.types.is_string_view(type) or pa.types.is_null(type):
        return pa.string()
    if isinstance(type, pa.BaseExtensionType):
        return plain_type(type.storage_type)
    return type


def cast_cells(array: pa.Array, type: pa.DataType) -> tuple[pa.Array, pa.Array]:
    """The cells as this type, and the cells that cannot be.

    Returns:
        (n,) of ``type``, null where missing or impossible; and the impossible ones as text or as they were.
    """
    if isinstance(array.type, pa.BaseExtensionType):
        array = array.storage
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    elif pa.types.is_run_end_encoded(array.type):
        array = pc.run_end_decode(array)
    nothing = array.slice(0, 0)
    if pa.types.is_string(type):
        return to_text(array), nothing
    if array.type == type:
        return array, nothing
    plain = plain_type(array.type)
    if pa.types.is_string(plain) and (pa.types.is_floating(type) or pa.types.is_integer(type)):
        return _to_number(to_text(array), type)
    return _cast_each(array, type)


def to_text(array: pa.Array) -> pa.Array:
    """Cells as text: whole numbers without a decimal point, lists and structs as JSON; empty text is missing."""
    if pa.types.is_floating(array.type):
        text = array.cast(pa.string())
        text = pc.if_else(pc.is_nan(array), None, text)
        text = pc.replace_substring_regex(text, r"\.0$", "")
    elif pa.types.is_nested(array.type):
        text = pa.array([None if v is None else json.dumps(v, default=str) for v in array.to_pylist()], pa.string())
    elif pa.types.is_binary(array.type) or pa.types.is_large_binary(array.type):
        text = pa.array([None if v is None else v.decode(errors="replace") for v in array.to_pylist()], pa.string())
    else:
        text = array.cast(pa.string())
    empty = pc.equal(pc.binary_length(text), 0)
    return pc.if_else(empty, None, text) if pc.any(empty).as_py() else text


def _to_number(text: pa.Array, type: pa.DataType) -> tuple[pa.Array, pa.Array]:
    trimmed = pc.utf8_trim_whitespace(text)
    try:
        return trimmed.cast(type), text.slice(0, 0)
    except pa.ArrowInvalid:
        pass
    if pa.types.is_integer(type):
        good = pc.match_substring_regex(trimmed, _INTEGER)
        readable = pc.replace_substring_regex(trimmed, r"\.0*$", "")
    else:
        comma = pc.match_substring_regex(trimmed, _DECIMAL_COMMA)
        readable = pc.if_else(comma, pc.replace_substring(trimmed, ",", "."), trimmed)
        good = pc.match_substring_regex(readable, _FLOAT)
    readable = pc.replace_substring_regex(readable, r"^\+", "")
    numbers, impossible = _cast_each(pc.if_else(good, readable, None), type)
    lost = pc.filter(text, pc.and_(pc.is_valid(text), pc.invert(good)), null_selection_behavior="drop")
    return numbers, lost if len(lost) else impossible


def _cast_each(array: pa.Array, type: pa.DataType) -> tuple[pa.Array, pa.Array]:
    try:
        return array.cast(type), array.slice(0, 0)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        pass
    cast, lost = [], []
    for index, cell in enumerate(array):
        try:
            cast.append(cell.cast(type).as_py())
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            cast.append(None)
            lost.append(index)
    return pa.array(cast, type), array.take(pa.array(lost, pa.int64()))
