"""The integration with MkDocs: its events, one typed build state, and what the theme's templates may call."""
