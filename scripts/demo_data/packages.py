"""Get the two npm packages that the demo is made from, and refuse anything but the very bytes we pinned."""

import base64
import hashlib
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path


class BuildError(Exception):
    """The demo data cannot be built; the text says why and what to do."""


@dataclass(frozen=True)
class Package:
    """One npm package: what to ask for, and the ``integrity`` (sha512, base64) that its archive must have."""

    style: str
    name: str
    version: str
    integrity: str

    @property
    def archive_name(self) -> str:
        """What ``npm pack`` calls the archive."""
        return f"{self.name}-{self.version}.tgz"


PACKAGES = (
    Package(
        style="google",
        name="emoji-datasource-google",
        version="16.0.0",
        integrity="sha512-ZRexfzs7MVoLnmzZmNsO4TKhnAJp5D++Vm6PpUpH/jEQQlemp3l88CjZ+DoZ2faM9R4QxZkOPJCoT8DlPhfQ3A==",
    ),
    Package(
        style="twitter",
        name="emoji-datasource-twitter",
        version="16.0.0",
        integrity="sha512-7F+uCuHH+7Qnrc15P5tnbvKkg9E6tlzi4MnT2uW1RlN4pLYTza6cP/dstIfSDMtpjFLWuZewWg8jBbuL2eyELQ==",
    ),
)


def integrity(archive: Path) -> str:
    """npm's ``integrity`` of a file: its sha512 in base64, after the name of the algorithm."""
    with archive.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha512").digest()
    return f"sha512-{base64.b64encode(digest).decode()}"


def fetch(package: Package, cache: Path) -> Path:
    """The package's archive, from the cache or through npm.

    Raises:
        BuildError: npm is missing, cannot reach the package, or gave other bytes than the pinned ones.
    """
    archive = cache / package.archive_name
    if archive.exists() and integrity(archive) == package.integrity:
        return archive
    cache.mkdir(parents=True, exist_ok=True)
    _npm_pack(package, cache)
    found = integrity(archive) if archive.exists() else "no file"
    if found != package.integrity:
        raise BuildError(
            f"{archive} is not the archive we pinned: expected {package.integrity}, found {found}.\n"
            "Delete it and run again; if it stays so, do not trust the source it came from."
        )
    return archive


def _npm_pack(package: Package, cache: Path) -> None:
    by_hand = f"Or put {package.archive_name} into {cache} by hand, and run again."
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError(f"npm was not found. Install Node.js 18 or newer, which brings it. {by_hand}")
    spec = f"{package.name}@{package.version}"
    command = [npm, "pack", spec, "--loglevel=error", "--pack-destination", str(cache)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=600)
    except subprocess.TimeoutExpired:
        raise BuildError(f"npm did not get {spec} within 10 minutes. Check the network. {by_hand}") from None
    except subprocess.CalledProcessError as problem:
        said = problem.stderr.strip() or f"nothing, and left with exit code {problem.returncode}"
        raise BuildError(f"npm could not get {spec}. Check the network. {by_hand}\nnpm said: {said}") from None


def read_members(archive: Path, folder: str) -> dict[str, bytes]:
    """Contents of the archive's own files (``emoji.json``, ``LICENSE``) and of those right inside ``folder``.

    Names are relative to the package; nothing is written to disk.
    """
    contents = {}
    with tarfile.open(archive) as package:
        for member in package:
            name = member.name.removeprefix("package/")
            if member.isfile() and ("/" not in name or name.rpartition("/")[0] == folder):
                stream = package.extractfile(member)
                assert stream is not None
                contents[name] = stream.read()
    return contents
