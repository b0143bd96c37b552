"""LICENSES.md of the demo data: whose the pictures are, under which terms, and what was changed."""

from collections.abc import Iterable

from scripts.demo_data.packages import Package

_TEXT = """# Licences of the demo data

The pictures and names of the demo were made by others. misnomer changes nothing in the pictures; it names the
files by category and short name, and packs them. The two models' probabilities are misnomer's own, under its
licence (Apache-2.0).

Taken from: {packages}.

- `images/google/`: **Noto Emoji** v2.048 by Google, <https://github.com/googlefonts/noto-emoji>, under the Apache
  License 2.0 (text below); the flags are in the public domain or otherwise exempt from copyright. Scaled to
  64 × 64 pixels by emoji-datasource.
- `images/twitter/`: **Twemoji** v16.0.1 by Twitter, Inc and other contributors, kept up at
  <https://github.com/jdecked/twemoji>, under the Creative Commons Attribution 4.0 International licence,
  <https://creativecommons.org/licenses/by/4.0/legalcode>. Scaled to 64 × 64 pixels by emoji-datasource. Given as
  they are, without warranties of any kind (section 5 of that licence).
- `samples.csv`, which repeats fields of its `emoji.json`: **emoji-datasource**, Copyright (c) 2013 Cal Henderson,
  <https://github.com/iamcal/emoji-data>, under the MIT licence (text below).

## emoji-datasource: MIT

```
{mit}
```

## Noto Emoji: Apache License 2.0

```
{apache}
```
"""


def licences_page(packages: Iterable[Package], mit: str, apache: str) -> str:
    """The page, with the licence texts that the packages and the repository bring."""
    names = ", ".join(f"{package.name} {package.version} (MIT)" for package in packages)
    return _TEXT.format(packages=names, mit=mit.strip(), apache=apache.strip("\n"))
