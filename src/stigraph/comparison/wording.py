"""A change as a sentence, in Japanese and English."""

from __future__ import annotations

from typing import Final

from stigraph.comparison.model import Action, Change, Kind
from stigraph.comparison.names import Names
from stigraph.comparison.snapshot import Node
from stigraph.terms import Iri, Literal
from stigraph.vocab import DCTERMS, OWL, SCHEMA, STI, shorten

__all__ = ["sentence"]

_TEXTS: Final = {
    "ja": {
        "entry.added": "{what}を追加{facts}",
        "entry.removed": "{what}を削除{facts}",
        "added": "{what}に{new}を追加{facts}",
        "removed": "{what}から{old}を削除{facts}",
        "changed": "{what}を{old}から{new}に変更{facts}",
        "deprecated": "廃止",
        "restored": "廃止を取り消し",
        "replaced": "廃止（後継：{new}）",
        "moved": "{old}から{new}へ移動",
        "alignment.added": "施策の対応を追加：{first}から{second}へ、{type}",
        "alignment.removed": "施策の対応を削除：{first}から{second}へ、{type}",
        "alignment.changed": "施策の対応（{first}から{second}へ）の{what}",
        "budget": "予算",
        "budget.kind": "予算（{kind}）",
        "part": "{name}の{property}",
        "named": "{what}{name}",
        "tagged": "{property}（{language}）",
        "comma": "、",
        "and": "、",
        "years": "{first}〜{last}",
        "stage": "{years}{stage}",
        "open": "不明",
    },
    "en": {
        "entry.added": "{what} added{facts}",
        "entry.removed": "{what} removed{facts}",
        "added": "{what} {new} added{facts}",
        "removed": "{what} {old} removed{facts}",
        "changed": "{what} changed from {old} to {new}{facts}",
        "deprecated": "deprecated",
        "restored": "no longer deprecated",
        "replaced": "deprecated, replaced by {new}",
        "moved": "moved from {old} to {new}",
        "alignment.added": "alignment added, {first} → {second}: {type}",
        "alignment.removed": "alignment removed, {first} → {second}: {type}",
        "alignment.changed": "alignment {first} → {second}: {what}",
        "budget": "budget",
        "budget.kind": "budget ({kind})",
        "part": "{property} of {name}",
        "named": "{what} {name}",
        "tagged": "{property} ({language})",
        "comma": ", ",
        "and": ", ",
        "years": "{first}–{last}",
        "stage": "{years} {stage}",
        "open": "unknown",
    },
}


def sentence(change: Change, names: Names) -> str:
    """Return what a change means, without the name of the entry that it is about."""
    return _Writer(change, names).sentence()


class _Writer:
    """Puts one change into words."""

    def __init__(self, change: Change, names: Names) -> None:
        self._change = change
        self._names = names
        self._texts = _TEXTS[names.lang]
        self._earlier = change.action is Action.REMOVED and change.predicate is None
        self._node = names.node(change.entry, earlier=self._earlier) or Node("", frozenset())

    def sentence(self) -> str:
        """Return the sentence."""
        match self._change.kind:
            case Kind.MOVED:
                show = self._names.show
                return self._fill(
                    "moved", old=show(self._change.old_file or ""), new=show(self._change.file)
                )
            case Kind.DEPRECATED:
                return self._deprecation()
            case Kind.ALIGNMENT:
                return self._alignment()
        if self._change.predicate is None:
            what = self._whole_node()
            return self._fill(f"entry.{self._change.action}", what=what, facts=self._facts())
        return self._property(self._subject())

    def _fill(self, text: str, **values: str) -> str:
        return self._texts[text].format(**values)

    def _whole_node(self) -> str:
        """Return what was added or removed: what it is, and its name if it isn't the heading."""
        if STI.BudgetAllocation in self._node.classes:
            return self._budget()
        classes = sorted(self._node.classes, key=self._rank)
        what = self._names.show(self._names.label(classes[0])) if classes else ""
        if self._change.entry == self._change.about:
            return what or self._names.show(shorten(self._change.entry))
        name = self._names.quoted(self._names.label(self._change.entry))
        return self._fill("named", what=what, name=name)

    def _rank(self, iri: str) -> tuple[bool, str]:
        return not iri.startswith(STI), iri

    def _budget(self) -> str:
        kind = self._node.iri(STI.amountKind)
        if kind is None or kind.endswith("/appropriation"):
            return self._texts["budget"]
        return self._fill("budget.kind", kind=self._names.show(self._names.label(kind)))

    def _facts(self) -> str:
        """Return what tells a node apart: amount, years, date."""
        node, names = self._node, self._names
        values = [node.value(SCHEMA.value), node.value(STI.countValue), node.value(STI.targetValue)]
        facts = [names.value(value, node) for value in values if value is not None]
        facts += [years] if (years := self._years()) else []
        dates = (DCTERMS.date, STI.startDate, STI.endDate)
        facts += [names.value(date) for p in dates if (date := node.value(p)) is not None]
        return "".join(f"{self._texts['comma']}{fact}" for fact in facts)

    def _years(self) -> str:
        """Return the fiscal years and the stage of a budget: ``FY2022 supplementary``."""
        names, node = self._names, self._node
        first, last = node.iri(STI.firstFiscalYear), node.iri(STI.lastFiscalYear)
        labels = [names.show(names.label(year)) if year else "" for year in (first, last)]
        years = labels[0] if first == last else self._fill("years", first=labels[0], last=labels[1])
        stage = node.iri(STI.budgetStage)
        if stage is None or stage.endswith("/unknown"):
            return years
        label = names.show(names.label(stage).removesuffix(" budget"))
        return self._fill("stage", years=years, stage=label).strip()

    def _deprecation(self) -> str:
        change = self._change
        if change.action is not Action.ADDED:
            return self._texts["restored"]
        if isinstance(change.new, Iri):
            return self._fill("replaced", new=self._names.value(change.new))
        return self._texts["deprecated"]

    def _alignment(self) -> str:
        ends = []
        for predicate in (STI.fromMeasure, STI.toMeasure):
            measures = [self._names.value(value) for value in self._node.values(predicate)]
            ends.append(self._texts["and"].join(measures) or self._texts["open"])
        kind = self._node.iri(STI.alignmentType)
        label = self._names.show(self._names.label(kind)) if kind else self._texts["open"]
        action = "changed" if self._change.predicate else self._change.action
        what = self._property(self._property_name()) if self._change.predicate else ""
        return self._fill(
            f"alignment.{action}", first=ends[0], second=ends[1], type=label, what=what
        )

    def _subject(self) -> str:
        """Return the property that changed, with the node's name if it isn't the heading."""
        if STI.BudgetAllocation in self._node.classes and self._change.predicate == SCHEMA.value:
            return self._budget()
        name = self._property_name()
        if self._change.entry == self._change.about:
            return name
        of = self._names.quoted(self._names.label(self._change.entry))
        return self._fill("part", property=name, name=of)

    def _property_name(self) -> str:
        predicate = self._change.predicate or OWL.deprecated
        name = self._names.show(self._names.label(predicate))
        value = self._change.new or self._change.old
        if isinstance(value, Literal) and value.language:
            return self._fill("tagged", property=name, language=self._names.show(value.language))
        return name

    def _property(self, what: str) -> str:
        change, names = self._change, self._names
        is_amount = change.kind is Kind.AMOUNT
        before = names.node(change.entry, earlier=True) if is_amount else None
        after = names.node(change.entry) if is_amount else None
        is_budget = is_amount and STI.BudgetAllocation in self._node.classes
        years = self._years() if is_budget else ""
        return self._fill(
            change.action,
            what=what,
            old=names.value(change.old, before),
            new=names.value(change.new, after),
            facts=f"{self._texts['comma']}{years}" if years else "",
        )
