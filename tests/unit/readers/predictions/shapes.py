"""One set of predictions in every shape that tools write it in; used by the tests beside."""

import json

import numpy as np

CLASSES = ("cat", "dog", "polar bear")
KEYS = ("cat/1.jpg", "cat/2.jpg", "dog/1.jpg", "polar bear/1.jpg")
PROBABILITIES = np.array([[0.7, 0.2, 0.1], [0.25, 0.5, 0.25], [0.125, 0.75, 0.125], [0.0625, 0.3125, 0.625]])
PREDICTIONS = ["cat", "dog", "dog", "polar bear"]
CONFIDENCE = [0.7, 0.5, 0.75, 0.625]
INDICES = [0, 1, 1, 2]
RANKED = np.argsort(-PROBABILITIES, axis=1, kind="stable")


def lines(header: str, *columns: object, separator: str = ",") -> str:
    """A CSV of these columns."""
    rows = zip(*columns, strict=True)  # type: ignore[call-overload]
    return header + "\n" + "".join(separator.join(str(cell) for cell in row) + "\n" for row in rows)


def ranked(count: int) -> list[list[dict[str, object]]]:
    """Hugging Face's list of {"label", "score"} of each row."""
    return [
        [{"label": CLASSES[c], "score": float(row[c])} for c in best[:count]]
        for best, row in zip(RANKED, PROBABILITIES, strict=True)
    ]


P = PROBABILITIES.T
ONE_CLASS = {
    "names": lines("filename,prediction,confidence", KEYS, PREDICTIONS, CONFIDENCE),
    "other names": lines("Image Path;y_pred;Score", KEYS, PREDICTIONS, CONFIDENCE, separator=";"),
    "a label alone": lines("file\tlabel\tprob", KEYS, PREDICTIONS, CONFIDENCE, separator="\t"),
    "indices": lines("filename,index,prob", KEYS, INDICES, CONFIDENCE),
    "indices that pandas made floats": lines("path,prediction,conf", KEYS, ["0.0", "1.0", "1.0", "2.0"], CONFIDENCE),
    "Hugging Face without names": lines("path,prediction,score", KEYS, [f"LABEL_{i}" for i in INDICES], CONFIDENCE),
    "timm": lines("filename,index,label,prob", KEYS, INDICES, PREDICTIONS, CONFIDENCE),
    "timm with descriptions": lines("filename,index,label,prob", KEYS, INDICES, ["a", "b", "b", "c"], CONFIDENCE),
    "timm, two best in lists": lines(
        "filename,label,prob",
        KEYS,
        [np.array([CLASSES[c] for c in best[:2]], object) for best in RANKED],
        [row[best[:2]] for best, row in zip(RANKED, PROBABILITIES, strict=True)],
    ),
    "two best in Python lists": lines(
        "filename|index|prob",
        KEYS,
        [best[:2].tolist() for best in RANKED],
        [row[best[:2]].tolist() for best, row in zip(RANKED, PROBABILITIES, strict=True)],
        separator="|",
    ),
    "timm, two best in columns": lines(
        "filename,index_0,index_1,label_0,label_1,prob_0,prob_1",
        KEYS,
        *RANKED[:, :2].T,
        *[[CLASSES[c] for c in column] for column in RANKED[:, :2].T],
        *np.take_along_axis(PROBABILITIES, RANKED, 1)[:, :2].T,
    ),
    "LightlyStudio": lines(
        "file_path_abs,class_name,confidence,annotation_source",
        [f"/data/val/{key}" for key in KEYS],
        PREDICTIONS,
        CONFIDENCE,
        ["resnet"] * 4,
    ),
    "records": json.dumps(
        [{"file_name": key, "pred": p, "score": c} for key, p, c in zip(KEYS, PREDICTIONS, CONFIDENCE, strict=True)]
    ),
    "record lines": "\n".join(
        json.dumps({"file_name": key, "pred": p, "score": c})
        for key, p, c in zip(KEYS, PREDICTIONS, CONFIDENCE, strict=True)
    ),
    "COCO results": json.dumps(
        [{"image_id": key, "category_id": i, "score": c} for key, i, c in zip(KEYS, INDICES, CONFIDENCE, strict=True)]
    ),
    "timm json": json.dumps(
        {key: {"label": p, "prob": c} for key, p, c in zip(KEYS, PREDICTIONS, CONFIDENCE, strict=True)}, indent=4
    ),
    "timm json-split": json.dumps(
        {
            "columns": ["filename", "label", "prob"],
            "data": [list(row) for row in zip(KEYS, PREDICTIONS, CONFIDENCE, strict=True)],
        }
    ),
    "a pipeline's two best by key": json.dumps(dict(zip(KEYS, ranked(2), strict=True))),
    "a pipeline's two best in records": json.dumps(
        [{"image": key, "predictions": best} for key, best in zip(KEYS, ranked(2), strict=True)]
    ),
}
ALL_CLASSES = {
    "one column per class": lines("filename,cat,dog,polar bear", KEYS, *P),
    "columns in another order": lines("dog,filename,polar bear,cat", P[1], KEYS, P[2], P[0]),
    "columns in other case": lines("path,Cat,DOG,PolarBear", KEYS, *P),
    "Evidently": lines("path,target,cat,dog,polar bear", KEYS, ["cat", "cat", "dog", "polar bear"], *P),
    "with the prediction": lines("path,prediction,cat,dog,polar bear", KEYS, PREDICTIONS, *P),
    "a prefix": lines("path,prob_polar bear,prob_cat,prob_dog", KEYS, P[2], P[0], P[1]),
    "a suffix": lines("path,cat_prob,dog_prob,polar bear_prob", KEYS, *P),
    "counted columns": lines("path,p_2,p_0,p_1", KEYS, P[2], P[0], P[1]),
    "counted columns after an index": lines(",path,0,1,2", range(4), KEYS, *P),
    "counted classes": lines("path,class_0,class_1,class_2", KEYS, *P),
    "timm --topk 0": lines("filename,prob", KEYS, PROBABILITIES),
    "timm --topk 0 in columns": lines("filename,prob_0,prob_1,prob_2", KEYS, *P),
    "a pipeline by key": json.dumps(dict(zip(KEYS, ranked(3), strict=True))),
    "a pipeline in record lines": "\n".join(
        json.dumps({"path": key, "result": best}) for key, best in zip(KEYS, ranked(3), strict=True)
    ),
    "numbers by key": json.dumps(dict(zip(KEYS, PROBABILITIES.tolist(), strict=True))),
}
