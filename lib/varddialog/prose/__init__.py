"""Swedish sentences from results: each names its evidence, and none says more than the figures."""
