"""How much may be added, so that a report stays a file that can be sent and opened anywhere."""

from __future__ import annotations

KB = 1000
# a report is to stay under 600 kB, and the largest of the common ones takes about 500 of them
MOST_IN_REPORT = 80 * KB
# the region's own page holds nothing else
MOST_ON_OWN_PAGE = 500 * KB
MOST_TEXT = 40 * KB
# what a picture may weigh as it comes; it is embedded smaller
MOST_PICTURE = 8000 * KB
MOST_PIXELS = 40_000_000
WIDEST = 900  # pixels; the column that a reader sees is 736 wide
MOST_SVG = 300 * KB
DEEPEST_SVG = 60
# how many times what is drawn once may be shown again, since drawings within drawings multiply
MOST_DRAWN = 20_000
MOST_TABLE = 40 * KB
MOST_ROWS = 60
MOST_COLUMNS = 12
LONGEST_ALT = 400
