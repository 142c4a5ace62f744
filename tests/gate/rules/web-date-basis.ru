INSERT DATA {source:integrated-innovation-strategy-2025 dcterms:date "2025-06-06"^^xsd:date}
# or
INSERT DATA {source:integrated-innovation-strategy-2025 sti:dateBasis date-basis:shown}
