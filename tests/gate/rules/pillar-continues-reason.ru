DELETE WHERE {pillar:2023-advanced-technology dcterms:description ?d}
