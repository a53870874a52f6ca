"""What a figure says about a unit: its value beside Riket, the regions, its history, targets and groups."""
