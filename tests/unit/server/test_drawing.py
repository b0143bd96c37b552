"""Charts that are made while another thread imports pandas."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from misnomer.server.drawing import specification

_SLOW_PANDAS = """
import threading, time
started.set()
time.sleep(1)
class Timestamp: pass
class DataFrame: pass
class Series: pass
class Index: pass
"""

_DRAWN_MEANWHILE = """
    import builtins, sys, threading
    import altair as alt
    from misnomer.server.drawing import specification

    assert "pandas" not in sys.modules
    builtins.started = threading.Event()
    importing = threading.Thread(target=__import__, args=("pandas",))
    importing.start()
    started.wait()
    print(hasattr(sys.modules["pandas"], "Timestamp"))
    print(specification(lambda: alt.Chart(alt.UrlData("x.csv")).mark_bar().encode(x=alt.X("a:Q", sort=["b"])))["mark"])
    importing.join()
"""


def test_a_chart_is_made_while_another_thread_imports_pandas(tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text(_SLOW_PANDAS)
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{textwrap.dedent(_DRAWN_MEANWHILE)}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split("\n") == ["False", "{'type': 'bar'}", ""]


def test_a_mistake_of_our_own_is_not_hidden() -> None:
    with pytest.raises(AttributeError, match="no_such_mark"):
        specification(lambda: object().no_such_mark)  # type: ignore[attr-defined]
