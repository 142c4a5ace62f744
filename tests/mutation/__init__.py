"""Mutation of the data: every triple is spoilt in turn, and the gate has to find each fault."""
