"""The graph as a network of nodes and edges, for tools that don't speak RDF.

``lenses`` says what is taken, ``build`` makes nodes and edges of it, ``style``
and ``layout`` say how they look, ``writers`` write them; ``export`` puts these
together.
"""
