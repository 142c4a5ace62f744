INSERT DATA {programme:x skos:prefLabel "SIP"@ja, "SIP"@en ;
    sti:translationStatus translation-status:own}
