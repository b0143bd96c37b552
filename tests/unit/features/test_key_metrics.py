"""Random is random, and the same everywhere."""

import hashlib

import numpy as np
from scipy import stats

from misnomer.features.key_metrics import random_of_key


def test_the_same_key_has_the_same_number_on_every_machine():
    first_eight = hashlib.blake2b(b"cat/1.jpg", digest_size=8).digest()
    assert random_of_key(["cat/1.jpg"]).tolist() == [(int.from_bytes(first_eight, "big") >> 11) / 2**53]
    assert random_of_key(["b", "a"]).tolist() == random_of_key(["a", "b"])[::-1].tolist()


def test_numbers_are_uniform_in_0_to_1():
    numbers = random_of_key(f"class/{index}.png" for index in range(20_000))
    assert numbers.min() >= 0
    assert numbers.max() < 1
    assert stats.kstest(numbers, "uniform").pvalue > 0.001


def test_any_key_has_a_number():
    assert np.isfinite(random_of_key(["", "ключ", "a\nb", "\udcff"])).all()
    assert random_of_key([]).size == 0
