"""What is printed: the fact sheet as PDF and the short report."""
