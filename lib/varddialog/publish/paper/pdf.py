"""A page printed to PDF: by a browser, or by WeasyPrint where there is none; the same page gives the same bytes."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from varddialog.errors import Fault, NotebooksFailed

BROWSER_VARIABLE = "VARDDIALOG_BROWSER"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
SECONDS = 60.0  # a page takes one; a browser that starts on a busy machine some ten
MAKER = "Vårddialog"
_hung: set[Path] = set()  # one that hangs does so for every page, and is not waited for again
_ARGUMENTS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


class CannotPrint(NotebooksFailed):
    """No PDF can be made, or this one could not. What else is made does not depend on it."""


def browser() -> Path | None:
    """The browser that prints: the one that VARDDIALOG_BROWSER names, or the first known name on the path.

    Raises CannotPrint when the variable names no program.
    """
    named = os.environ.get(BROWSER_VARIABLE)
    if named is None:
        return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)
    found = shutil.which(named)
    if found is None:
        todo = f"Ange hela vägen till webbläsaren i {BROWSER_VARIABLE}, eller ta bort variabeln."
        raise CannotPrint(Fault("Webbläsaren som ska skriva ut PDF finns inte.", BROWSER_VARIABLE, todo=todo))
    return Path(found)


def lacking() -> Fault | None:
    """What is missing for printing, and what to do; None where there is something to print with."""
    try:
        if browser() is None:
            import weasyprint  # noqa: F401
    except CannotPrint as error:
        return error.faults[0]
    except (ModuleNotFoundError, OSError):  # OSError: the package is there, but not the system's Pango
        todo = (
            f"Installera Chromium, Chrome eller Edge, eller ange en webbläsare i {BROWSER_VARIABLE}. Utan webbläsare "
            "går det med systemets Pango och pip install 'varddialog[pdf]'."
        )
        return Fault("Inga PDF-filer gjordes: här finns varken webbläsare eller WeasyPrint.", todo=todo)
    return None


def print_pdf(page: str) -> bytes:
    """The page as PDF. page: HTML that needs nothing else, with its language and a title, and links within it alone.

    Raises CannotPrint when there is nothing to print with, or it fails or hangs.
    """
    if why := lacking():
        raise CannotPrint(why)
    program = browser()
    if program and program in _hung:
        raise CannotPrint(Fault("Webbläsaren hängde sig på en tidigare fil.", program.name, todo=_OTHER))
    return _settled(_by_browser(page, program, SECONDS) if program else _by_weasyprint(page))


def _by_browser(page: str, program: Path, seconds: float) -> bytes:
    with tempfile.TemporaryDirectory(prefix="varddialog-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "sida.html"), Path(folder, "sida.pdf")
        source.write_text(page, encoding="utf-8")
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        command = [
            str(program),
            *_ARGUMENTS,
            # root has no sandbox; what is opened is a page of our own that asks for nothing
            *(["--no-sandbox"] if as_root else []),
            f"--user-data-dir={Path(folder, 'profil')}",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        _run(command, seconds)
        if not target.is_file():
            raise CannotPrint(Fault("Webbläsaren gav ingen PDF.", program.name, todo=_OTHER))
        return target.read_bytes()


_OTHER = f"Prova en annan webbläsare: {BROWSER_VARIABLE}=/väg/till/chromium."


def _run(command: list[str], seconds: float) -> None:
    """Run to the end, or end it and all that it started when the time is out."""
    name = Path(command[0]).name
    try:
        running = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise CannotPrint(Fault(f"Webbläsaren går inte att starta: {error.strerror}.", name, todo=_OTHER)) from error
    try:
        code = running.wait(seconds)
    except BaseException as stopped:
        os.killpg(running.pid, signal.SIGKILL)  # its helpers are in the same session
        running.wait()
        if not isinstance(stopped, subprocess.TimeoutExpired):
            raise
        _hung.add(Path(command[0]))
        what = f"Webbläsaren blev inte klar med utskriften på {seconds:g} sekunder och stoppades."
        raise CannotPrint(Fault(what, name, todo=_OTHER)) from None
    if code:
        raise CannotPrint(Fault(f"Webbläsaren misslyckades med utskriften (kod {code}).", name, todo=_OTHER))


def _by_weasyprint(page: str) -> bytes:
    import weasyprint

    made: bytes = weasyprint.HTML(string=page, url_fetcher=_nothing).write_pdf(pdf_tags=True)
    return made


def _nothing(url: str) -> dict[str, Any]:
    raise ValueError(f"a page that needs nothing else asked for {url}")


def _settled(printed: bytes) -> bytes:
    """The same pages without clock and printing program, with title and language where readers look for them."""
    import pikepdf

    with pikepdf.open(io.BytesIO(printed)) as pdf:
        title = str(pdf.docinfo.get("/Title", ""))
        del pdf.trailer["/Info"]
        pdf.docinfo["/Title"], pdf.docinfo["/Creator"], pdf.docinfo["/Producer"] = title, MAKER, MAKER
        if "/Metadata" in pdf.Root:
            del pdf.Root["/Metadata"]
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = ["sv"]
            metadata["xmp:CreatorTool"] = metadata["pdf:Producer"] = MAKER
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        done = io.BytesIO()
        pdf.save(done, deterministic_id=True)
        return done.getvalue()
