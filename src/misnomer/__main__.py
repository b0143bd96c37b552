"""``python -m misnomer`` is ``misnomer``."""

from misnomer.cli import main

if __name__ == "__main__":
    main()
