"""Worksheets: tools to fill in, and results computed from what was filled in."""
