INSERT DATA {source:integrated-innovation-strategy-2025 dcterms:date "2026-12"^^xsd:gYearMonth}
# or
INSERT DATA {source:integrated-innovation-strategy-2025 dcterms:date "2027"^^xsd:gYear}
