"""Write the pages of docs/reference anew."""

from __future__ import annotations

from varddialog.cli.reference.pages import PAGES, write_pages
from varddialog.config import project


def main() -> None:
    here = project()
    changed = write_pages(here)
    for path in changed:
        print(here.show(path))
    print(f"{len(changed)} of {len(PAGES)} pages written anew")


if __name__ == "__main__":
    main()
