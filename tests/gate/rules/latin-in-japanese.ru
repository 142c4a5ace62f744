INSERT DATA {programme:sip dcterms:description "A programme"@ja}
