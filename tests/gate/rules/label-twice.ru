INSERT DATA {programme:x a sti:Programme; skos:prefLabel "BRIDGE"@ja}
# or
INSERT DATA {goal:x a sti:Goal; skos:prefLabel "創薬・医療機器創出エコシステム"@ja}
