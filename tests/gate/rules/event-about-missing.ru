INSERT DATA { GRAPH <https://w3id.org/stigraph/graph/law/ai-bill> {event:x a sti:PolicyEvent}}
