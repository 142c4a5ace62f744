"""How each page of the reference is made: one module a page."""
