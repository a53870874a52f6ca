"""HTML tables: captions, scopes and Swedish figures."""
