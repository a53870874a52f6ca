"""`python -m varddialog.explore`: the explorer as an application in the browser, without its code.

It needs the extra `explore`. It answers on this computer alone, and the browser asks no other. What is given on the
line (`--port=8900`) goes on to Voilà.
"""

from __future__ import annotations

import sys

from varddialog.config import project
from varddialog.errors import Fault, UsageError

NOTEBOOK = "utforska"
# Voilà's page asks another host for icons, which nothing here needs
POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' ws://127.0.0.1:* ws://localhost:*"
)


def arguments(given: list[str]) -> list[str]:
    """What Voilà is started with; what is given comes last, and wins."""
    notebook = project().notebooks / f"{NOTEBOOK}.ipynb"
    return [str(notebook), "--Voila.ip=127.0.0.1", *given]


def main(given: list[str]) -> None:
    """Start it, and go on until it is stopped."""
    try:
        from voila.app import Voila
    except ImportError:
        told = Fault("Voilà är inte installerat.", todo="Installera det med «pip install -e .[explore]».")
        raise SystemExit(str(UsageError(told))) from None
    Voila.launch_instance(arguments(given), tornado_settings={"headers": {"Content-Security-Policy": POLICY}})


if __name__ == "__main__":
    main(sys.argv[1:])
