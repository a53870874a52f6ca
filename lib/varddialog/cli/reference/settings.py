"""Exit codes, environment variables, and how the shell completes commands."""

from __future__ import annotations

import re

from varddialog.cli import INTERRUPTED
from varddialog.cli.reference.markdown import code, page, table
from varddialog.config import OUTPUTS_VARIABLE, ROOT_VARIABLE
from varddialog.data.sources.transport.rules import RULES, variable
from varddialog.data.sources.vardenisiffror import SWITCH
from varddialog.errors import UserError
from varddialog.publish.paper.pdf import BROWSER_VARIABLE

VARIABLES = {
    ROOT_VARIABLE: "the project's folder, where the package is not installed from the checkout itself",
    OUTPUTS_VARIABLE: "the folder of results that notebooks read; `build --output` sets it for those that it runs",
    BROWSER_VARIABLE: "the browser that prints `faktablad.pdf`, with its whole path",
    SWITCH: "`1` lets Vården i siffror be asked, whose interface is undocumented",
    **{variable(api): f"another address of {api}; without it `{rule.public}`" for api, rule in RULES.items()},
}
# of the tests alone
OF_TESTS = {
    "VARDDIALOG_REFERENCE_CASES": "the folder of reference cases that the statistics are tested against",
    "VARDDIALOG_HTML_CHECKER": "the `vnu.jar` that checks the pages, when it lies elsewhere than in `build/npm`",
    "VARDDIALOG_RENEW_PICTURES": "`1` renews the kept pictures of pages instead of comparing with them",
}
OF_OTHERS = {
    "JUPYTER_DEFAULT_PROVISIONER_NAME": "`varddialog-fork` gives Jupyter's own tools kernels forked from a warm one",
    "HTTPS_PROXY, NO_PROXY": "a proxy on the way to the open APIs",
    "SSL_CERT_FILE, SSL_CERT_DIR": "other certificates than the operating system's",
    "COLUMNS": "how wide tables in the terminal are",
}

_ABOUT = """\
A user error is one message: what, where (file and line or row), what is allowed, what to do. Every fault is told at
once. `--debug` shows the traceback."""

_COMPLETION = """\
`varddialog --install-completion` lets the shell that you sit in (bash, zsh, fish, PowerShell) complete commands and
options with the Tab key, from the next time it starts. `varddialog --show-completion` prints what would be
installed, for those who keep their shell's files themselves."""


def settings_page() -> str:
    """docs/reference/settings.md."""
    variables = "\n\n".join(
        f"### {title}\n\n{table(('variable', 'what it says'), ((code(name), what) for name, what in names.items()))}"
        for title, names in (("Of the program", VARIABLES), ("Of others", OF_OTHERS), ("Of the tests", OF_TESTS))
    )
    return page(
        "# Exit codes, environment, completion",
        f"## Exit codes\n\n{_ABOUT}\n\n{table(('code', 'meaning'), exit_codes())}",
        f"## Environment variables\n\n{variables}",
        f"## Shell completion\n\n{_COMPLETION}",
    )


def exit_codes() -> list[tuple[str, str]]:
    """Every exit code with its meaning, from the errors themselves."""
    kinds = sorted((e for e in UserError.__subclasses__() if "exit_code" in vars(e)), key=lambda e: e.exit_code)
    told = [(str(e.exit_code), re.sub(r"\s*\(exit code \d+\)", "", (e.__doc__ or "").strip())) for e in kinds]
    stopped = "Stopped by Ctrl-C or SIGTERM; what is done is kept, and a second run goes on."
    return [("0", "Done."), ("1", "A bug: a traceback is shown."), *told, (str(INTERRUPTED), stopped)]
