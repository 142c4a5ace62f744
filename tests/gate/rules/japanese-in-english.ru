INSERT DATA {programme:sip skos:altLabel "戦略的"@en}
# or
INSERT DATA {programme:sip dcterms:description "戦略的イノベーション"@en}
