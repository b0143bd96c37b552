import numpy as np

from misnomer.features.links import NO_LINKS, Links, components, spanning_forest


def links(*triples: tuple[int, int, float]) -> Links:
    first, second, distances = zip(*triples, strict=True)
    return Links.of(np.array(first), np.array(second), np.array(distances))


def test_the_longest_link_of_a_circle_is_dropped():
    forest = spanning_forest(links((0, 1, 0.1), (1, 2, 0.3), (2, 0, 0.2)), 3)
    assert sorted(zip(forest.first.tolist(), forest.second.tolist(), strict=True)) == [(0, 1), (0, 2)]


def test_a_link_of_length_zero_is_a_link():
    forest = spanning_forest(links((0, 1, 0.0)), 2)
    assert forest.distances.tolist() == [0.0]


def test_of_a_pair_linked_twice_the_shorter_stays():
    forest = spanning_forest(links((0, 1, 0.5), (1, 0, 0.25)), 2)
    assert forest.distances.tolist() == [0.25]


def test_no_links_leave_everything_alone():
    assert len(spanning_forest(NO_LINKS, 3)) == 0
    assert components(NO_LINKS, 3).tolist() == [0, 1, 2]
