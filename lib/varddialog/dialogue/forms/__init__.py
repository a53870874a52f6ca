"""The forms that a secretary fills in after a dialogue: what they ask for, how they are made, and how rows are read."""
