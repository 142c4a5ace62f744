INSERT DATA { event:zz a sti:PolicyEvent ; sti:eventKind event-kind:cabinet-decision ; dcterms:date "2025-03-01"^^xsd:date ;
  sti:refines event:ai-bill-cabinet-decision }
# or
INSERT DATA { event:zz a sti:PolicyEvent ; sti:eventKind event-kind:founding ; dcterms:date "2025-02-28"^^xsd:date ;
  sti:refines event:ai-bill-cabinet-decision }
