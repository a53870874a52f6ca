"""Running notebooks: what has to be made, in which state it is, and making it."""
