INSERT {topic:x skos:inScheme <https://w3id.org/stigraph/id/scheme/topic>; skos:prefLabel ?l} WHERE {topic:startups skos:prefLabel ?l}
