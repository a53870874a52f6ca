"""The dialogue itself: what is asked before a visit, what was said there, and what came of it."""
