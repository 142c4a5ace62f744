INSERT {count:x ?p ?o} WHERE {?c a sti:StatedCount; sti:countUnit unit:selection; ?p ?o FILTER(?p != sti:countValue)}; INSERT DATA {count:x sti:countValue 3}
