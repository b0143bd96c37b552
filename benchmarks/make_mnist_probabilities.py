"""Out-of-sample probabilities of MNIST's test images, by several classifiers, for ``verified_label_errors.py``.

    python benchmarks/make_mnist_probabilities.py FOLDER [--seeds 3] [--only cnn,logistic]

FOLDER has the four files of MNIST (``t10k-images-idx3-ubyte`` …). Writes FOLDER/labels.npy, FOLDER/pixels.npy,
(10000, 784) of length 1, and FOLDER/probabilities/MODEL-HOW-SEED.npy, (10000, 10) float32: HOW is ``folds``,
cross-validated in five parts on the test images, or ``train``, learnt on 50,000 drawn from the train images. A network
of convolutions is among them where PyTorch is installed.
"""

import argparse
import importlib.util
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import GaussianNB
from sklearn.neural_network import MLPClassifier

SEEN = 50_000

Predict = Callable[[np.ndarray, np.ndarray, np.ndarray, int], np.ndarray]
"""From images (n, 784), their labels, images to judge and a seed to probabilities."""


def by_sklearn(make: Callable[[int], object]) -> Predict:
    def predict(images: np.ndarray, labels: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:
        return make(seed).fit(images, labels).predict_proba(asked)  # type: ignore[attr-defined, no-any-return]

    return predict


def by_convolutions(images: np.ndarray, labels: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:
    import torch
    from torch import nn

    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        *(nn.Conv2d(1, 16, 5, stride=2, padding=2), nn.BatchNorm2d(16), nn.ReLU()),
        *(nn.Conv2d(16, 32, 3, stride=2, padding=1), nn.BatchNorm2d(32), nn.ReLU()),
        *(nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU()),
        *(nn.Flatten(), nn.Dropout(0.3), nn.Linear(64 * 49, 10)),
    )
    given, wanted = torch.from_numpy(images), torch.from_numpy(labels.astype(np.int64))
    epochs, batch = (4 if len(images) > 20_000 else 12), 128
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.AdamW(network.parameters(), 3e-3)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).split(batch):
            optimizer.zero_grad()
            nn.functional.cross_entropy(network(given[rows]), wanted[rows]).backward()
            optimizer.step()
            rate.step()
    network.eval()
    with torch.no_grad():
        answer: np.ndarray = network(torch.from_numpy(asked)).softmax(1).numpy()
    return answer


MODELS: dict[str, Predict] = {
    "logistic": by_sklearn(lambda seed: LogisticRegression(C=0.05, max_iter=100)),
    "network": by_sklearn(lambda seed: MLPClassifier((128,), max_iter=12, random_state=seed)),
    "forest": by_sklearn(lambda seed: RandomForestClassifier(100, random_state=seed)),
    "bayes": by_sklearn(lambda seed: GaussianNB(var_smoothing=0.1)),
    "cnn": by_convolutions,
}


def read(folder: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    """Images (n, 784) float32 in [0, 1], and labels."""
    images = np.fromfile(folder / f"{part}-images-idx3-ubyte", np.uint8)[16:].reshape(-1, 784)
    return images.astype(np.float32) / 255, np.fromfile(folder / f"{part}-labels-idx1-ubyte", np.uint8)[8:]


def in_folds(predict: Predict, images: np.ndarray, labels: np.ndarray, seed: int) -> np.ndarray:
    answer = np.empty((len(labels), 10))
    for others, asked in StratifiedKFold(5, shuffle=True, random_state=seed).split(images, labels):
        answer[asked] = predict(images[others], labels[others], images[asked], seed)
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", default=",".join(MODELS), metavar="MODELS")
    options = parser.parse_args()
    images, labels = read(options.folder, "t10k")
    train, train_labels = read(options.folder, "train")
    np.save(options.folder / "labels.npy", labels)
    np.save(options.folder / "pixels.npy", images / np.linalg.norm(images, axis=1, keepdims=True))
    written = options.folder / "probabilities"
    written.mkdir(exist_ok=True)
    for name in options.only.split(","):
        if name == "cnn" and importlib.util.find_spec("torch") is None:
            continue
        for seed in range(options.seeds):
            seen = np.random.default_rng(seed).permutation(len(train))[:SEEN]
            for how in ("folds", "train"):
                if how == "folds":
                    answer = in_folds(MODELS[name], images, labels, seed)
                else:
                    answer = MODELS[name](train[seen], train_labels[seen], images, seed)
                np.save(written / f"{name}-{how}-{seed}.npy", answer.astype(np.float32))
                print(f"{name} {how} {seed}: {(answer.argmax(axis=1) == labels).mean():.4f} as labelled", flush=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # networks that have not converged
    main()
