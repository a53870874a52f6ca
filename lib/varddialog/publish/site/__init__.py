"""The web tool: static pages for the country, each indicator, comparison and each unit's cover."""
