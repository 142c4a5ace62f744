INSERT DATA {event:x a sti:PolicyEvent ;
    sti:eventKind event-kind:cabinet-decision ;
    sti:about law:ai-bill ;
    dcterms:date "2025-02"^^xsd:gYearMonth}
