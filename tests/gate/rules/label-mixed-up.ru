INSERT DATA {programme:x skos:prefLabel "Programme"@ja, "制度"@en}
