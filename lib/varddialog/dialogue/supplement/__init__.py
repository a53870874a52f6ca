"""What a region itself adds to its pack, and the analysts' own comments: read, checked and cleaned."""
