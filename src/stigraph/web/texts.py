"""Every text of the pages, in Japanese and English, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from stigraph.questions import NOT_STATED

__all__ = ["LANGUAGES", "PARAMETERS", "TEXTS", "not_stated", "parameter_name", "say"]

LANGUAGES: Final = ("ja", "en")

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    # Every page
    "site": (
        "日本の科学技術・イノベーション戦略の知識グラフ",
        "Knowledge graph of Japan’s STI strategy",
    ),
    "skip": ("本文へ移動", "Skip to content"),
    "own-language": ("日本語", "English"),
    "nav": ("主なページ", "Main pages"),
    "nav.home": ("質問の一覧", "Questions"),
    "nav.find": ("項目を探す", "Find an entry"),
    "nav.sparql": ("SPARQL", "SPARQL"),
    "yes": ("はい", "yes"),
    "no": ("いいえ", "no"),
    "outside": ("外部サイト", "external site"),
    "more": ("ほか{count}件", "{count} more"),
    # Front page
    "index.lead": (
        "政府の戦略文書に何が書かれているかを、書かれている箇所とともに、日本語と英語でたどれる。"
        "質問を選ぶか、言葉で探す。",
        "What the government’s strategy documents say, with the passages that say it, in Japanese "
        "and English. Choose a question, or look for a word.",
    ),
    "index.questions": ("答えられる質問", "Questions it answers"),
    "index.needs": ("条件を入れる", "asks for a value"),
    "index.pillars": ("戦略の柱", "Pillars of the strategy"),
    "index.fields": ("重点分野", "Priority fields"),
    "index.entries": ("収録している項目", "What is in the graph"),
    "index.entries-caption": (
        "種類ごとの項目の数（全{total}件）",
        "Entries by kind ({total} in all)",
    ),
    "index.kind": ("種類", "Kind"),
    "index.count": ("件数", "Entries"),
    "index.about": ("このグラフについて", "About this graph"),
    "about.version": ("版", "Version"),
    "about.issued": ("公開日", "Issued"),
    "about.licence": ("ライセンス", "Licence"),
    "about.attribution": ("出典の表示", "Attribution"),
    # Search
    "find": ("項目を探す", "Find an entry"),
    "find.label": ("名前、略称または ID", "Name, abbreviation or id"),
    "find.button": ("探す", "Find"),
    "find.result": ("「{text}」に当たる項目：{total}件", "Entries that match “{text}”: {total}"),
    "find.all": ("「{kind}」の項目：{total}件", "Entries of the kind “{kind}”: {total}"),
    "find.none": (
        "名前に「{text}」を含む項目はない。短い言葉や別の言い方で試す。",
        "No entry has “{text}” in its name. Try a shorter word or another name.",
    ),
    "find.more": (
        "はじめの{shown}件を示している。言葉を足すと絞り込める。",
        "The first {shown} are shown. Add a word to narrow the search.",
    ),
    "find.hint": (
        "日本語でも英語でもよい。例：量子、SBIR、startup",
        "In Japanese or English, for example: 量子, SBIR, startup",
    ),
    "find.name": ("名前", "Name"),
    "find.other": ("英語名", "Japanese name"),
    "find.id": ("ID", "Id"),
    # Questions
    "ask.conditions": ("条件", "Conditions"),
    "ask.button": ("答えを見る", "Show the answer"),
    "ask.any": ("（すべて）", "(all)"),
    "ask.choose": ("（選ぶ）", "(choose one)"),
    "ask.required": ("必須", "required"),
    "ask.needed": (
        "この質問には条件がいる。入れて「答えを見る」を押す。",
        "This question needs a value. Fill it in and choose “Show the answer”.",
    ),
    "ask.answer": ("答え", "Answer"),
    "ask.rows": ("{count}行", "{count} rows"),
    "ask.row": ("{count}行", "{count} row"),
    "ask.none": ("資料には書かれていない", "Not stated in the sources"),
    "ask.download": ("同じ答えを別の形で", "The same answer in other forms"),
    "ask.csv": ("CSV（表計算ソフト用）", "CSV (for spreadsheets)"),
    "ask.json": ("JSON（SPARQL の結果）", "JSON (SPARQL results)"),
    "ask.sparql": ("この質問の SPARQL", "This question in SPARQL"),
    "ask.back": ("ほかの質問", "Other questions"),
    "ask.hint-text": ("文書にある言葉", "a word from the documents"),
    "ask.hint-date": ("例：2025-06-30、2025-06、2025", "for example 2025-06-30, 2025-06 or 2025"),
    "ask.hint-period": (
        "例：2025、2025-02、2025-02-28、FY2025（年度）",
        "for example 2025, 2025-02, 2025-02-28 or FY2025 (fiscal year)",
    ),
    "ask.hint-entry": (
        "項目の名前または ID。例：SBIR制度、programme:sbir",
        "the name or id of an entry, for example SBIR or programme:sbir",
    ),
    "ask.problem": ("条件を見直す", "Check the conditions"),
    "ask.ambiguous": (
        "「{value}」に当たる項目がいくつかある。一つを選ぶ。",
        "“{value}” may mean several entries. Choose one.",
    ),
    "ask.wrong-entry": (
        "「{value}」という項目はない。「項目を探す」で確かめる。",
        "There is no entry “{value}”. Look for it with “Find an entry”.",
    ),
    "ask.wrong-date": ("「{value}」は日付として読めない。", "“{value}” can’t be read as a date."),
    "ask.wrong-period": (
        "「{value}」は期間として読めない。",
        "“{value}” can’t be read as a period.",
    ),
    "ask.wrong-text": ("「{value}」は使えない。", "“{value}” can’t be used."),
    # Entries
    "entry.id": ("ID", "Id"),
    "entry.iri": ("IRI", "IRI"),
    "entry.facts": ("内容", "Facts"),
    "entry.sources": ("典拠", "Where it is stated"),
    "entry.line": ("{first}行", "line {first}"),
    "entry.lines": ("{first}–{last}行", "lines {first}–{last}"),
    "entry.read": ("{date} 閲覧", "read {date}"),
    "entry.phrases": ("根拠となる語句", "Phrases that bear it"),
    "entry.stated": ("ここで述べられている項目", "What is stated here"),
    "entry.inward": ("この項目を指している項目", "What points at this entry"),
    "entry.as": ("「{property}」がこの項目であるもの", "Entries whose “{property}” is this one"),
    "entry.forms": ("データとして見る", "As data"),
    "entry.none": ("この ID の項目はない", "There is no entry with this id"),
    "entry.near": ("近い項目：", "Entries with a similar name:"),
    "entry.go-find": ("項目を探す", "Find an entry"),
    "ontology": ("オントロジー", "The ontology"),
    # SPARQL
    "sparql": ("SPARQL で問い合わせる", "Query with SPARQL"),
    "sparql.label": ("SPARQL 1.1 の問い合わせ", "Query in SPARQL 1.1"),
    "sparql.prefixes": (
        "sti:、skos:、programme: などこのグラフの接頭辞は、宣言しなくても使える。",
        "The prefixes of this graph, such as sti:, skos: and programme:, need no declaration.",
    ),
    "sparql.button": ("実行する", "Run"),
    "sparql.result": ("結果", "Result"),
    "sparql.empty": ("当てはまるものはない。", "Nothing matches."),
    "sparql.shown": ("全{total}行のうち、はじめの{shown}行", "The first {shown} of {total} rows"),
    "sparql.forms": ("同じ結果を別の形で", "The same result in other forms"),
    "sparql.endpoint": (
        "プログラムからは SPARQL 1.1 Protocol で {address} に問い合わせられる。",
        "Programs query {address} by the SPARQL 1.1 Protocol.",
    ),
    "sparql.problem": ("問い合わせに誤りがある", "There is a problem with the query"),
    # Anybody's data
    "dataset": ("このサーバーのデータ", "The data on this server"),
    "dataset.lead": (
        "{count}個のグラフがある。どれにも SPARQL で問い合わせられる。",
        "There are {count} graphs. All can be queried with SPARQL.",
    ),
    "dataset.caption": ("名前付きグラフと三つ組の数", "Named graphs and their numbers of triples"),
    "dataset.graph": ("グラフ", "Graph"),
    "dataset.triples": ("三つ組", "Triples"),
    # Problems
    "comma": ("、", ", "),
    "colon": ("：", ": "),
    "problem.back": ("最初のページへ", "To the front page"),
    "problem.400": ("要求に誤りがある", "There is a problem with the request"),
    "problem.404": ("ページがない", "Page not found"),
    "problem.406": ("その形では返せない", "Not available in that form"),
    "problem.410": ("廃止された項目", "Given up"),
    "problem.413": ("大きすぎる", "Too large"),
    "problem.429": ("問い合わせが多すぎる", "Too many queries"),
    "problem.503": ("いまは答えられない", "Not available now"),
    "problem.504": ("時間切れ", "Out of time"),
    "problem.500": ("サーバーの誤り", "Server error"),
    # Properties of other vocabularies
    "property.type": ("種類", "kind"),
    "property.date": ("日付", "date"),
    "property.description": ("説明", "description"),
    "property.title": ("題名", "title"),
    "property.licence": ("ライセンス", "licence"),
    "property.amount": ("金額", "amount"),
    "property.currency": ("通貨", "currency"),
    "property.other-names": ("別名", "other names"),
    "property.definition": ("定義", "definition"),
    "property.same": ("同じものの外部 ID", "same as, elsewhere"),
    "property.scheme": ("コード表", "code list"),
    "property.notation": ("記号", "notation"),
    "property.top": ("コード表の最上位", "top concept of"),
    # The command line
    "server.ready": (
        "{address} で配信中（Ctrl+C で終了）。まず、ブラウザーで {address} を開く。"
        "または：curl '{address}sparql?query={query}'",
        "serving at {address} (Ctrl+C ends it). First open {address} in a browser, "
        "or try: curl '{address}sparql?query={query}'",
    ),
}
"""Texts by name: Japanese, English. Braces hold values."""

PARAMETERS: Final[Mapping[str, tuple[str, str]]] = {
    "agency": ("配分機関", "Agency"),
    "area": ("国・機関", "Country or organisation"),
    "call": ("公募", "Call"),
    "change": ("対応の種別", "Kind of change"),
    "date": ("日付", "Date"),
    "document": ("文書", "Document"),
    "doubt": ("確認の観点", "Ground for doubt"),
    "entry": ("項目", "Entry"),
    "field": ("分野", "Field"),
    "fund": ("基金", "Fund"),
    "hub": ("研究拠点", "Research hub"),
    "indicator": ("指標", "Indicator"),
    "initiative": ("制度・取組", "Programme or initiative"),
    "institution": ("研究機関", "Institution"),
    "kind": ("種別", "Kind"),
    "law": ("法令", "Law"),
    "ministry": ("府省", "Ministry"),
    "organisation": ("機関", "Organisation"),
    "period": ("期間", "Period"),
    "pillar": ("柱", "Pillar"),
    "plan": ("基本計画", "Basic plan"),
    "prefecture": ("都道府県", "Prefecture"),
    "programme": ("制度・取組", "Programme or initiative"),
    "strategy": ("年次戦略", "Annual strategy"),
    "text": ("言葉", "Word"),
    "topic": ("主題", "Topic"),
    "type": ("設置形態", "Type of institution"),
    "university": ("大学", "University"),
    "year": ("年度", "Fiscal year"),
}
"""What the parameters of the questions are called."""


def say(lang: str, name: str, **values: object) -> str:
    """Return the text ``name`` in ``lang`` with ``values`` filled in."""
    text = TEXTS[name][LANGUAGES.index(lang)]
    return text.format(**values) if values else text


def parameter_name(name: str, lang: str) -> str:
    """Return what a parameter is called in ``lang``; its own name where we have none."""
    known = PARAMETERS.get(name)
    return known[LANGUAGES.index(lang)] if known else name


def not_stated(lang: str) -> str:
    """Return what stands where no source states a value."""
    return NOT_STATED[lang]
