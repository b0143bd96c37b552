"""Encord: a CSV of titles with the suggested class and the reason.

Encord knows label rows and ontology options by hashes of its own, which only its SDK can look up: by title.
"""

import csv
from pathlib import Path

from misnomer.writers.handover.item import Handover, Written

COLUMNS = ("title", "label", "suggested_class", "score", "reason")


def write_encord(handover: Handover, target: Path) -> Written:
    """Write one row a sample; ``title`` is the key, which is the data unit's title if images were uploaded by key."""
    count = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        rows.writerow(COLUMNS)
        for item in handover.items:
            score = "" if item.score is None else item.score
            rows.writerow([item.key, item.label or "", item.suggestion or "", score, item.reason])
            count += 1
    return Written(count)
