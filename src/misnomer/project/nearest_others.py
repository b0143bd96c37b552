"""The nearest others of samples, duplicates of the sample excepted: who votes on labels and predictions."""

import hashlib
from functools import cached_property

import numpy as np
import pyarrow as pa

from misnomer import settings
from misnomer.store.database import Database
from misnomer.store.duplicates import links_state
from misnomer.store.embeddings import current_embedding, embedding_matrix
from misnomer.store.neighbors import NeighborGraph

_FEW = 1000


class NearestOthers:
    """Neighbours by row of the graph; duplicates are looked up when they are first needed."""

    def __init__(self, database: Database, graph: NeighborGraph) -> None:
        self._database, self.graph = database, graph

    @cached_property
    def _duplicates(self) -> tuple[np.ndarray, np.ndarray]:
        from misnomer.project.grouping import find_duplicates  # which itself needs what adds predictions

        found = find_duplicates(self._database)
        members = pa.table(
            {
                "sample_id": found.sample_ids,
                "group": found.groups.of_member,
                "is_copy": pa.array(~found.groups.is_kept),
            }
        )
        groups = np.full(len(self.graph.sample_ids), -1, np.int64)
        is_copy = np.zeros(len(self.graph.sample_ids), bool)
        put_at_rows(self.graph, groups, members, "group")
        put_at_rows(self.graph, is_copy, members, "is_copy")
        return groups, is_copy

    @property
    def is_copy(self) -> np.ndarray:
        """(n,) bool: members of a duplicate group apart from the one that is kept."""
        return self._duplicates[1]

    @property
    def digest(self) -> str:
        """Changes with any group."""
        groups, is_copy = self._duplicates
        return hashlib.blake2b(groups.tobytes() + is_copy.tobytes(), digest_size=8).hexdigest()

    @cached_property
    def all(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows (n, k) and distances (n, k) of the nearest others of every row."""
        return self._of(slice(None))

    def of(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The same of some rows; of many, all are found once."""
        if "all" not in self.__dict__ and len(rows) <= _FEW:
            return self._of(rows)
        others, distances = self.all
        return others[rows], distances[rows]

    def _of(self, rows: np.ndarray | slice) -> tuple[np.ndarray, np.ndarray]:
        from misnomer.features.neighbors.metrics import K
        from misnomer.features.neighbors.others import nearest_others

        embedding = current_embedding(self._database)
        assert embedding is not None
        groups = self._duplicates[0]
        return nearest_others(
            embedding_matrix(self._database, embedding).vectors,
            (np.asarray(self.graph.rows[rows]), np.asarray(self.graph.distances[rows])),
            groups,
            K,
            own_groups=groups[rows],
        )


def duplicates_fingerprint(database: Database) -> str:
    """Of what the duplicate groups are made of."""
    chosen = [settings.get(name) for name in ("duplicate_threshold", "mirrored_duplicates")]
    return f"{links_state(database)} {chosen}"


def put_at_rows(graph: NeighborGraph, values: np.ndarray, table: pa.Table, name: str) -> None:
    """Write the values of samples at their rows of the graph."""
    sample_ids = table["sample_id"].to_numpy()
    places = np.minimum(np.searchsorted(graph.sample_ids, sample_ids), max(0, len(graph.sample_ids) - 1))
    is_there = graph.sample_ids[places] == sample_ids if len(graph.sample_ids) else np.zeros(len(sample_ids), bool)
    values[places[is_there]] = table[name].to_numpy()[is_there]
