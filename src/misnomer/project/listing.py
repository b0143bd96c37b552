"""Samples of a filter, page by page."""

from misnomer.project.results import Sample, SamplePage
from misnomer.store.listing import count_shown, list_samples
from misnomer.store.selection import Selection


def sample_page(selection: Selection, *, sort: str | None, limit: int | None, offset: int) -> SamplePage:
    """Samples in the order of a field (``-NAME``: descending; none: the order of adding)."""
    descending = sort is not None and sort.startswith("-")
    records = list_samples(
        selection, sort=sort[1:] if sort and descending else sort, descending=descending, limit=limit, offset=offset
    )
    return SamplePage(total=count_shown(selection), samples=tuple(_sample(record) for record in records))


def _sample(record: dict[str, object]) -> Sample:
    return Sample.model_validate(record)
