"""Drawing: data in, a finished figure with its text alternative out. Draws what it is given and decides nothing."""
