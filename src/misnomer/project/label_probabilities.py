"""What speaks for each class of a sample: a model's probabilities, its neighbours' labels, or a mean of both."""

from functools import cached_property

import numpy as np

from misnomer.evaluation.label_bounds import seems_in_sample
from misnomer.evaluation.neighbor_vote import odds_weight, vote_shares
from misnomer.evaluation.probabilities import to_probabilities
from misnomer.project.evaluating import ClassIndex
from misnomer.project.nearest_others import NearestOthers
from misnomer.store import vectors
from misnomer.store.database import Database
from misnomer.store.label_checks import NO_MODEL, Basis, label_ids, probability_places
from misnomer.store.neighbors import neighbor_graph

VOTERS = 10
_WEIGHED_SAMPLES = 20_000
_BLOCK = 2048
_HALF_A_VOTE = 0.5 / VOTERS  # for every class, where votes alone judge: nine against none say less than ten


class LabelProbabilities:
    """Shares of the classes for every sample, read when they are needed; classes by index.

    Args:
        model_id: the model, or NO_MODEL for the neighbours alone.
    """

    def __init__(self, database: Database, model_id: int) -> None:
        self.classes = ClassIndex.of(database)
        self.labels = self.classes.indices(label_ids(database))
        self._vector_ids, self._vector_rows = probability_places(database, model_id)
        self._matrices = {
            vector_id: (self.classes.indices(np.array(stored.class_ids)), np.load(stored.path, "r"), stored.kind)
            for vector_id, stored in vectors.matrices(database).items()
            if model_id != NO_MODEL and (self._vector_ids == vector_id).any()
        }
        self._graph = neighbor_graph(database)
        self._graph_rows = np.full(len(self.labels), -1, np.int64)
        if self._graph is not None:
            self._others = NearestOthers(database, self._graph)
            self._graph_rows[self._graph.sample_ids] = np.arange(len(self._graph.sample_ids))
        self._forget_unknown_labels()

    def _forget_unknown_labels(self) -> None:
        """A model without a column for the label cannot judge it: the neighbours then judge alone."""
        for vector_id, (columns, _, _) in self._matrices.items():
            known = np.zeros(len(self.classes.names) + 1, bool)
            known[columns] = True
            self._vector_ids[(self._vector_ids == vector_id) & ~known[self.labels]] = -1

    @property
    def basis(self) -> Basis | None:
        """What there is to go by."""
        if self._graph is None:
            return "probabilities" if self._matrices else None
        return "both" if self._matrices else "neighbors"

    def read(self, samples: np.ndarray) -> np.ndarray:
        """(n, K) shares of the classes; NaN where nothing is known."""
        shares, is_known = self.of_model(samples)
        votes, has_votes = self.of_neighbors(samples)
        both = is_known & has_votes
        if np.any(both):
            shares[both] *= self.model_weight
            votes[both] *= 1 - self.model_weight
        shares += votes
        shares[~is_known & ~has_votes] = np.nan
        by_votes_alone = has_votes & ~is_known
        if np.any(by_votes_alone):
            shares[by_votes_alone] = (shares[by_votes_alone] + _HALF_A_VOTE) / (1 + _HALF_A_VOTE * shares.shape[1])
        return shares

    @cached_property
    def model_weight(self) -> float:
        """Share of the model in the mean with the votes, by how often each predicts a label, on up to 20,000 samples.

        A half where the model seems to have learnt the labels, which it then always predicts.
        """
        labelled = np.flatnonzero(self.labels >= 0)
        places = np.linspace(0, len(labelled) - 1, min(len(labelled), _WEIGHED_SAMPLES)).astype(np.int64)
        drawn = np.full(len(self.labels), -1)
        drawn[labelled[places]] = self.labels[labelled[places]]
        if seems_in_sample(drawn, self.of_model):
            return 0.5
        right, votes_right, count = 0, 0, 0
        for start in range(0, len(places), _BLOCK):
            samples = labelled[places[start : start + _BLOCK]]
            (shares, is_known), (votes, has_votes) = self.of_model(samples), self.of_neighbors(samples)
            both = is_known & has_votes
            own = self.labels[samples[both]]
            right += int(np.count_nonzero(shares[both].argmax(axis=1) == own))
            votes_right += int(np.count_nonzero(votes[both].argmax(axis=1) == own))
            count += len(own)
        return odds_weight(right, votes_right, count)

    def read_model(self, samples: np.ndarray) -> np.ndarray:
        """(n, K) probabilities of the model alone; NaN where it gave none."""
        shares, is_known = self.of_model(samples)
        shares[~is_known] = np.nan
        return shares

    def of_model(self, samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(n, K) probabilities of the model, 0 where it gave none, and where it gave some."""
        shares = np.zeros((len(samples), len(self.classes.names)))
        vector_ids = self._vector_ids[samples]
        for vector_id, (columns, matrix, kind) in self._matrices.items():
            places = np.flatnonzero(vector_ids == vector_id)
            values = to_probabilities(matrix[self._vector_rows[samples[places]]], kind)
            values[np.isnan(values.sum(axis=1))] = 0
            shares[np.ix_(places, columns)] = values
        return shares, np.asarray(shares.any(axis=1))

    def of_neighbors(self, samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(n, K) shares of the neighbours that bear each label, 0 where none does, and where some do."""
        if self._graph is None:
            nothing = np.zeros((len(samples), len(self.classes.names)))
            return nothing, np.zeros(len(samples), bool)
        neighbors, _ = self.neighbors(samples)
        labels = np.where(neighbors >= 0, self.labels[neighbors], -1)
        shares = vote_shares(labels, len(self.classes.names))
        return shares, np.asarray(shares.any(axis=1))

    def neighbors(self, samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(n, k) sample ids of the voters, nearest first, −1 where there is none, and their distances."""
        if self._graph is None:
            return np.full((len(samples), 0), -1), np.zeros((len(samples), 0))
        rows = self._graph_rows[samples]
        near, distances = self._others.of(np.maximum(rows, 0))
        is_voter = (near >= 0) & (rows >= 0)[:, None]
        return np.where(is_voter, self._graph.sample_ids[np.maximum(near, 0)], -1), distances
