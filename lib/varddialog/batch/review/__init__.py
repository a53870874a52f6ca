"""Review of rendered notebooks: cells run again and compared with what stands there, why they differ, and the log."""
