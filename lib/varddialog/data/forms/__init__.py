"""Forms that people fill in, in Excel or as CSV: how they are made, read and checked, whatever they ask for."""
