"""Times of the gate over the repository itself."""
