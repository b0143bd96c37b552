"""Parameters that many routes have, and the rule that no other is taken."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, TypedDict

from fastapi import Depends, Query, Request
from fastapi.dependencies.models import Dependant
from pydantic import BaseModel, BeforeValidator, ConfigDict

from misnomer.errors import InvalidFilter, UnknownName
from misnomer.filters import Filter
from misnomer.schema import LabelVersion

_LONGEST_FILTER = 100_000

FilterText = Annotated[
    str | None,
    Query(
        alias="filter",
        description="Which samples: a Filter as JSON text; all samples if it is left out.",
        max_length=_LONGEST_FILTER,
        json_schema_extra={
            "contentMediaType": "application/json",
            "examples": ['{"classes": ["cat"], "where": [{"field": "brightness", "operator": "<", "value": 0.3}]}'],
        },
    ),
]


async def _filter_of_text(text: FilterText = None) -> Filter:
    if text is None:
        return Filter()
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise InvalidFilter(f"The filter is not JSON: {problem}.", hint=_HINT) from None
    return _filter_of_values(values)


def _filter_of_values(values: Any) -> Filter:
    if isinstance(values, Filter):
        return values
    if not isinstance(values, dict):
        raise InvalidFilter("The filter is not a JSON object.", hint=_HINT)
    return Filter.from_dict(values)


_HINT = 'For example {"outcome": "fp", "where": [{"field": "brightness", "operator": "<", "value": 0.3}]}.'

ChosenFilter = Annotated[Filter, Depends(_filter_of_text)]
"""The parameter ``filter`` of a GET."""

BodyFilter = Annotated[Filter, BeforeValidator(_filter_of_values)]
"""The field ``filter`` of a body."""

ModelName = Annotated[str | None, Query(description="Name of a model; may be left out where there is only one.")]
Labels = Annotated[
    LabelVersion, Query(description="The labels as they were given, or as the decisions of a review correct them.")
]


class ChosenSamples(TypedDict):
    """Which samples, seen with which model and labels; what most methods of Project take."""

    where: Filter
    model: str | None
    labels: LabelVersion


async def _chosen(filter: ChosenFilter, model: ModelName = None, labels: Labels = "given") -> ChosenSamples:
    return {"where": filter, "model": model, "labels": labels}


Chosen = Annotated[ChosenSamples, Depends(_chosen)]
"""The parameters ``filter``, ``model`` and ``labels`` of a GET: ``project.evaluate(**chosen)``."""


class Body(BaseModel):
    """Base of what a POST or PUT takes; an unknown field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def query_names(dependant: Dependant) -> Iterator[str]:
    """Names of the query parameters of a route and of all it depends on."""
    yield from (parameter.alias for parameter in dependant.query_params)
    for needed in dependant.dependencies:
        yield from query_names(needed)


async def refuse_unknown_parameters(request: Request) -> None:
    """Raise UnknownName for a query parameter that the route does not have."""
    if not request.query_params:
        return
    known = list(query_names(request.scope["route"].dependant))
    for name in request.query_params:
        if name not in known:
            raise UnknownName("parameter", name, known)
