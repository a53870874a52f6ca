"""A photograph or a picture of a chart, made anew: smaller, and without what a camera or a program left in it."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Literal, NoReturn

from varddialog.dialogue.supplement.limits import MOST_PIXELS, WIDEST
from varddialog.errors import Fault, ParamsError
from varddialog.swedish import number

if TYPE_CHECKING:  # slow to import, and few reports need it
    from PIL import Image

Format = Literal["PNG", "JPEG"]
QUALITY = 80
_WITH_ALPHA = ("LA", "PA", "RGBA")
_MODES = ("1", "L", "P", "RGB", "CMYK", "YCbCr", *_WITH_ALPHA)


def redraw(raw: bytes, kind: Format, where: str) -> tuple[bytes, int, int]:
    """The picture as bytes of the same kind, at most `WIDEST` pixels wide, with its width and height.

    Nothing but the pixels is carried over: no place, time, camera, comment or preview, nor what lies after the picture.
    where: the file, for the faults. Raises ParamsError for what is damaged, moves or would take too much memory.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is odd in the file: it is left behind
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=[kind]) as found:
                # told by the file's own head, before anything is unpacked
                if found.width * found.height > MOST_PIXELS:
                    _too_many(where)
                if kind == "PNG" and getattr(found, "is_animated", False):
                    _refuse("Bilden rör sig.", where, "bilder som står stilla")
                if found.mode not in _MODES:
                    _refuse("Bildens färger går inte att läsa.", where, "vanliga färg- och gråskalebilder")
                picture = _smaller(_plain(ImageOps.exif_transpose(found), kind))
    except ParamsError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        _too_many(where)
    except Exception:  # whatever can be wrong inside a picture
        _refuse("Bilden är trasig.", where, todo="Öppna den i ett bildprogram och spara den igen.")
    # what the file said of itself would be written again
    picture.info = {}
    made = io.BytesIO()
    if kind == "PNG":
        picture.save(made, "PNG", optimize=True)
    else:
        picture.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return made.getvalue(), picture.width, picture.height


def _plain(picture: Image.Image, kind: Format) -> Image.Image:
    """Grey or colour, with what shines through only in a PNG that has it."""
    if kind == "PNG" and (picture.mode in _WITH_ALPHA or "transparency" in picture.info):
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def _smaller(picture: Image.Image) -> Image.Image:
    from PIL import Image

    if picture.width <= WIDEST:
        return picture
    height = max(1, round(picture.height * WIDEST / picture.width))
    return picture.resize((WIDEST, height), Image.Resampling.LANCZOS)


def _too_many(where: str) -> NoReturn:
    _refuse("Bilden har för många bildpunkter.", where, f"högst {number(MOST_PIXELS // 10**6)} miljoner")


def _refuse(what: str, where: str, allowed: str = "", todo: str = "") -> NoReturn:
    raise ParamsError(Fault(what, where, allowed, todo)) from None
