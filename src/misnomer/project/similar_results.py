"""What a search for similar images answers."""

from typing import ClassVar

from misnomer.evaluation.results import Result
from misnomer.project.results import Sample


class SimilarSample(Sample):
    """A sample, its cosine distance (0–2) to the nearest query, and that query's key (null: an image from outside)."""

    distance: float
    similar_to: str | None


class SimilarPage(Result):
    """The samples most similar to some others, nearest first.

    Attributes:
        embedding: name of the embedding by which they are similar.
        query_count: samples, or images, that were asked with.
        without_vector: keys of those asked with that have no vector, and so were left out.
        candidate_count: samples with a vector that could be found.
        sentence: what the first ten say about the label, where one sample was asked with.
    """

    with_null: ClassVar[bool] = True

    embedding: str
    query_count: int
    without_vector: tuple[str, ...]
    candidate_count: int
    sentence: str
    samples: tuple[SimilarSample, ...]


def vote_sentence(counted: int, count: int, label: str) -> str:
    """How many of the most similar images bear a label.

    >>> vote_sentence(10, 8, "pikachu")
    '8 of the 10 most similar images are labelled “pikachu”.'
    """
    if counted == 1:
        return f"The most similar image is labelled “{label}”."
    return f"{count} of the {counted} most similar images {'is' if count == 1 else 'are'} labelled “{label}”."
