"""The method page: every rule, worked examples, and how each indicator is assessed."""
