"""A region's own figures from its hospitals and health centres: the form, how it is read and checked, and kept."""
