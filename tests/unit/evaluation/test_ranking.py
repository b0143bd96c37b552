import numpy as np
import pytest

from misnomer.evaluation import ranking
from misnomer.evaluation.ranking import ProbabilityBlocks, ranking_scores

LABELS = np.array([0, 0, 1, 1, 2, 2, 0, 1], np.int32)
PROBABILITIES = np.random.default_rng(0).dirichlet(np.ones(3), 8)
CLASSES = np.arange(3)


def blocks(matrix=PROBABILITIES, positions=None, columns=CLASSES, chunk_rows=3):
    return ProbabilityBlocks(
        lambda: (matrix[start : start + chunk_rows] for start in range(0, len(matrix), chunk_rows)),
        "probabilities",
        np.arange(len(matrix)) if positions is None else positions,
        columns,
    )


def test_blocks_of_columns_are_those_of_the_matrix():
    assert np.array_equal(blocks().read(np.array([2, 0])), PROBABILITIES[:, [2, 0]].T)


def test_rows_that_are_not_scored_are_left_out_and_the_others_put_in_place():
    positions = np.array([2, -1, 1, 0, -1, -1, -1, -1])
    read = blocks(positions=positions).read(np.array([1]))
    assert read.tolist() == [PROBABILITIES[[3, 2, 0], 1].tolist()]


def test_the_size_of_blocks_and_chunks_changes_nothing(monkeypatch):
    whole = ranking_scores(LABELS, blocks(), "abc", CLASSES, 0.95)
    monkeypatch.setattr(ranking, "BLOCK_CELLS", 8)
    parts = ranking_scores(LABELS, blocks(chunk_rows=1), "abc", CLASSES, 0.95)
    assert parts.roc_auc == whole.roc_auc
    for name, score in whole.means.scores.items():
        assert parts.means.scores[name].interval == pytest.approx(score.interval, abs=1e-12)


def test_a_class_without_column_is_left_out_and_named():
    scores = ranking_scores(LABELS, blocks(columns=np.array([0, 1, -1])), "abc", CLASSES, 0.95)
    assert set(scores.roc_auc) == {0, 1}
    assert "leave out 1 class" in scores.means.notes[0]
    assert scores.means.notes[0].endswith(": c.")


def test_no_class_to_rank_is_not_available():
    scores = ranking_scores(np.zeros(8, np.int32), blocks(), "abc", np.array([0]), 0.95)
    assert set(scores.means.not_available) == {"roc_auc_ovr", "average_precision_macro"}


def test_a_perfect_ranking_has_an_interval():
    matrix = np.eye(3)[LABELS]
    scores = ranking_scores(LABELS, blocks(matrix), "abc", CLASSES, 0.95)
    for score in (*scores.means.scores.values(), *scores.roc_auc.values()):
        assert score.value == 1
        assert score.interval[0] < 0.8
