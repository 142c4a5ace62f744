INSERT DATA {source:ror-cabinet-office dcterms:date "2025-06-06"^^xsd:date}
# or
INSERT DATA {source:ror-cabinet-office sti:dateBasis date-basis:shown}
