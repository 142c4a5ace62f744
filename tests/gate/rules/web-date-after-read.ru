INSERT DATA {source:ror-cabinet-office dcterms:date "2026-12"^^xsd:gYearMonth}
# or
INSERT DATA {source:ror-cabinet-office dcterms:date "2027"^^xsd:gYear}
