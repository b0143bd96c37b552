import json
import pickle

import pytest
from pydantic import ValidationError

from misnomer.errors import UnknownName
from misnomer.evaluation.results import Estimate, Evaluation, Rows, Triples
from misnomer.evaluation.score import score

EVALUATION = score(["a", "a", "b", "b"], probabilities=[[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.7, 0.3]])


def test_json_reads_back_as_the_same_evaluation():
    assert Evaluation.model_validate(EVALUATION.to_dict()) == EVALUATION
    assert Evaluation.model_validate_json(EVALUATION.model_dump_json()) == EVALUATION


def test_json_has_the_promised_names():
    written = score(["a", "b"], ["a", "a"]).to_dict()
    assert list(written) == [
        "sample_count", "labelled_count", "predicted_count", "missing_policy", "scores", "not_available", "notes",
        "classes", "confusion", "confused_pairs",
    ]  # fmt: skip
    assert written["confusion"] == {"classes": ["a", "b"], "counts": [[0, 0, 1], [1, 0, 1]]}
    assert list(written["classes"][0]) == [
        "name",
        "support",
        "predicted",
        "precision",
        "recall",
        "f1",
        "collection_priority",
    ]


def test_json_has_no_nan():
    json.dumps(EVALUATION.to_dict(), allow_nan=False)
    with pytest.raises(ValidationError):
        Estimate(value=float("nan"))


def test_an_undefined_rate_is_0_without_interval():
    assert score(["a", "b"], ["a", "a"]).to_dict()["classes"][1]["precision"] == {"value": 0.0}


def test_a_score_is_an_attribute():
    assert EVALUATION.accuracy.value == 0.5
    assert float(EVALUATION.accuracy) == 0.5
    assert "accuracy" in dir(EVALUATION)
    with pytest.raises(AttributeError):
        _ = EVALUATION.acuracy


def test_a_class_is_an_item():
    assert EVALUATION["a"].support == 2
    with pytest.raises(UnknownName):
        EVALUATION["c"]


def test_classes_become_a_data_frame():
    frame = score(["a", "b"], ["a", "a"]).classes.to_pandas()
    assert frame["name"].tolist() == ["a", "b"]
    assert frame["recall"].tolist() == [1, 0]
    assert {"recall_low", "recall_high"} < set(frame.columns)
    assert "roc_auc" not in frame.columns
    assert "roc_auc_low" in EVALUATION.classes.to_pandas().columns


def test_triples_are_a_sequence():
    triples = Triples([(0, 1, 2), (3, 4, 5)])
    assert list(triples) == [(0, 1, 2), (3, 4, 5)]
    assert triples[1] == (3, 4, 5)
    assert triples[:1] == Triples([(0, 1, 2)])
    assert len(triples) == 2
    assert hash(triples) == hash(Triples([(0, 1, 2), (3, 4, 5)]))


def test_the_schema_says_triples():
    counts = Evaluation.model_json_schema(mode="serialization")["$defs"]["ConfusionMatrix"]["properties"]["counts"]
    assert counts["items"]["minItems"] == counts["items"]["maxItems"] == 3


def test_rows_are_made_when_the_first_is_read_and_once():
    made = []

    def make():
        made.append(1)
        return [Estimate(value=0.5), Estimate(value=1.0)]

    rows = Rows(make, count=2)
    assert len(rows) == 2
    assert made == []
    assert rows[1].value == 1
    assert [row.value for row in rows] == [0.5, 1]
    assert made == [1]


def test_rows_are_equal_to_a_sequence_of_the_same_rows():
    rows = Rows(lambda: [Estimate(value=0.5)], count=1)
    assert rows == (Estimate(value=0.5),)
    assert rows == [Estimate(value=0.5)]
    assert rows == Rows([Estimate(value=0.5)])
    assert rows != Rows()
    assert hash(rows) == hash(Rows([Estimate(value=0.5)]))
    assert rows[:1] == rows
    assert pickle.loads(pickle.dumps(rows)) == rows


def test_rows_of_another_kind_are_refused():
    with pytest.raises(ValidationError):
        Evaluation.model_validate({**EVALUATION.to_dict(), "classes": [{"name": "a"}]})
