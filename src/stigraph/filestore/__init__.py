"""Stores that follow Turtle files: in memory, or kept for the next run."""
