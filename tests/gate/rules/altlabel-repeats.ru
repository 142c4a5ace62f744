INSERT DATA {programme:x skos:prefLabel "制度"@ja ; skos:altLabel "制度"@ja}
