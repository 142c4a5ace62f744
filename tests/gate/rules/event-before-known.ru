DELETE { event:ai-bill-cabinet-decision dcterms:date ?o } INSERT { event:ai-bill-cabinet-decision dcterms:date "2025-07"^^xsd:gYearMonth } WHERE { event:ai-bill-cabinet-decision dcterms:date ?o }
