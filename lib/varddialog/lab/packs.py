"""Server extension: the packs in `outputs/` as pages of their own, under `/underlag/` of the running JupyterLab.

JupyterLab's own viewer shows a page inside a tab, where links and scripts are dead, and its `/files/` refuses whoever
follows a link from one file to another.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import AuthenticatedFileHandler
from jupyter_server.utils import url_path_join
from tornado.web import StaticFileHandler

ADDRESS = "underlag"


class PackHandler(AuthenticatedFileHandler):
    """A file of a pack. Its scripts run in an origin of their own, so that no page reaches the kernels."""

    @property
    def content_security_policy(self) -> str:
        return f"{super().content_security_policy} allow-popups allow-downloads"

    def check_xsrf_cookie(self) -> None:
        """A page is only read, so it may be asked for from anywhere."""

    async def get(self, path: str, include_body: bool = True) -> None:
        """The file, for who is logged in; a script for anyone, since such an origin sends no cookie for it."""
        if path.endswith(".js"):
            await StaticFileHandler.get(self, path, include_body)
        elif (answer := super().get(path, include_body=include_body)) is not None:  # None: sent away to log in
            await answer


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Called by the server when it starts; the packs are those of the project that it serves."""
    address = url_path_join(server.web_app.settings["base_url"], ADDRESS)
    where = {"path": f"{server.root_dir}/outputs", "default_filename": "index.html"}
    server.web_app.add_handlers(".*$", [(f"{address}/(.*)", PackHandler, where)])
