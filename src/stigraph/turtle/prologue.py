"""Declarations of prefixes: sorted, and each once, wherever that changes nothing."""

from __future__ import annotations

from itertools import groupby

from stigraph.turtle.tree import Block, Directive, Document

__all__ = ["tidy"]


def tidy(document: Document) -> Document:
    """Return a file without repeated declarations, its runs of prefixes in order.

    A run that binds a prefix twice stays as it is, and so does the place of
    every base: relative IRIs depend on it.
    """
    blocks, footer = _once(document)
    tidied: list[Block] = []
    for is_run, run in groupby(blocks, key=_is_prefix):
        members = list(run)
        tidied += _sorted_run(members) if is_run else members
    return Document(document.header, tidied, footer)


def _is_prefix(block: Block) -> bool:
    return isinstance(block, Directive) and block.prefix is not None


def _sorted_run(run: list[Block]) -> list[Block]:
    names = [block.prefix or "" for block in run if isinstance(block, Directive)]
    if len(set(names)) < len(names):
        return run
    return [block for _, block in sorted(zip(names, run, strict=True), key=lambda pair: pair[0])]


def _once(document: Document) -> tuple[list[Block], list[str]]:
    """Return the blocks without declarations that change nothing, and the footer.

    The comments of such a declaration go above what follows it.
    """
    bound: dict[str, str] = {}
    kept: list[Block] = []
    waiting: list[str] = []
    for block in document.blocks:
        if isinstance(block, Directive):
            if block.prefix is None:
                bound.clear()  # the same relative IRI means another one from here on
            elif bound.get(block.prefix) == block.iri:
                waiting += [*block.before, *([block.after] if block.after else [])]
                continue
            else:
                bound[block.prefix] = block.iri
        block.before[:0] = waiting
        waiting = []
        kept.append(block)
    return kept, waiting + document.footer
