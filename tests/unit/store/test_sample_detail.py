"""Where a sample's metrics stand among the others'."""

import numpy as np
import pyarrow as pa

from misnomer.filters import Filter
from misnomer.store.attributes import add_attributes
from misnomer.store.database import Database
from misnomer.store.sample_detail import metric_percentiles
from misnomer.store.selection import Selection
from misnomer.store.statistics import top_values


def test_a_percentile_counts_ties_half_and_leaves_out_who_has_no_value(predicted: Database) -> None:
    add_attributes(predicted, np.arange(6, dtype=np.int32), pa.table({"age": [1.0, 2.0, 2.0, 3.0, None, None]}))
    selection = Selection(predicted, Filter(), model_id=0)
    # Of four ages one lies below 2 and two are equal; of five confidences 0.9, 0.8, 0.7, 0.6, 0.4 three lie below 0.8.
    shares = metric_percentiles(selection, {"age": 2.0, "confidence": 0.8})
    assert shares == {"age": (1 + 2 / 2) / 4, "confidence": (3 + 1 / 2) / 5}
    assert list(shares) == ["age", "confidence"]


def test_every_kind_of_metric_has_its_percentile(predicted: Database) -> None:
    predicted.execute(
        "insert into neighbor_metrics (sample_id, uniqueness, neighbor_count) values (0, 0.5, 2), (1, 0.25, 2)"
    )
    selection = Selection(predicted, Filter(), model_id=0)
    assert metric_percentiles(selection, {"uniqueness": 0.5, "random": 0.0}) == {"uniqueness": 0.75, "random": 1 / 12}


def test_the_most_frequent_values_come_first_and_equal_ones_by_name(database: Database) -> None:
    assert top_values(Selection(database, Filter()), "label", 2) == [("cat", 2), ("dog", 2)]


def test_values_are_found_by_a_part_of_them_in_capitals_or_not(database: Database) -> None:
    assert top_values(Selection(database, Filter()), "label", 2, "DO") == [("dog", 2)]
