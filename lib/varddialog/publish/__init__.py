"""Pages that open anywhere: the report of a rendered notebook, and the index pages that lead to it."""
