"""The reference part of the guide, written from the code itself: params, commands, columns, settings.

`python -m varddialog.cli.reference` writes docs/reference; a test tells when that has been forgotten.
"""
