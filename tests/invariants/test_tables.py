"""What a table says does not depend on its format or the order of its rows."""

import json
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from misnomer.errors import InputError
from misnomer.readers.images import read_images
from misnomer.readers.tables import MISSING_WORDS

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\\"), min_size=1, max_size=8).filter(
    lambda text: text.strip() == text and text not in MISSING_WORDS and not text.startswith("~")
)
KEYS = TEXT.map(lambda text: "k" + text.replace("/", "_").replace(":", "_") + ".jpg")
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "path": KEYS,
            "label": st.none() | TEXT.map("c".__add__),
            "note": st.none() | TEXT.map("n".__add__),
            "size": st.none() | st.integers(-(10**9), 10**9),
            "weight": st.none() | st.floats(allow_nan=False, allow_infinity=False, width=32),
        }
    ),
    min_size=1,
    max_size=8,
)
SCHEMA = pa.schema(
    [*((name, pa.string()) for name in ("path", "label", "note")), ("size", pa.int64()), ("weight", pa.float64())]
)


def listing_of(table: pa.Table, format: str) -> tuple[object, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        if format == "csv":
            pyarrow.csv.write_csv(table, path)
        elif format == "parquet":
            pq.write_table(table, path)
        else:
            path.write_text("\n".join(json.dumps(row) for row in table.to_pylist()))
        try:
            listing = read_images(path)
        except InputError as problem:
            return (type(problem),)
    rows = [
        {name: float(cell) if isinstance(cell, int) else cell for name, cell in row.items() if cell is not None}
        for row in listing.samples.to_pylist()
    ]
    found = {f.kind: (f.count, sorted(f.keys)) for f in listing.report.findings if f.kind != "missing_image"}
    return sorted(rows, key=lambda row: str(row["key"])), listing.class_names, found


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_format_and_order_of_rows_change_nothing(rows: list[dict[str, object]], random: object) -> None:
    table = pa.Table.from_pylist(rows, SCHEMA)
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    expected = listing_of(table, "parquet")
    assert listing_of(table, "csv") == expected
    assert listing_of(table, "jsonl") == expected
    assert listing_of(pa.Table.from_pylist(shuffled, SCHEMA), "csv") == expected
