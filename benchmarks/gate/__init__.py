"""The gate's engine beside pySHACL, pyrudof and Apache Jena, start to exit, on one graph."""
