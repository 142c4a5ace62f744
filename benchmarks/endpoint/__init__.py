"""How fast the endpoint answers beside others."""
