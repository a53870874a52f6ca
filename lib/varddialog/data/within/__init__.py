"""Values within regions: municipalities, organisational units and the regions' own units, in a table of their own.

They are many more than the country's other figures together, so they are checked, joined and sorted on disk, and are
only ever read a region at a time (`Store.within`).
"""
