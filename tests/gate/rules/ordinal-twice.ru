DELETE { document:k-program-vision-2 sti:ordinal ?o } INSERT { document:k-program-vision-2 sti:ordinal 1 } WHERE { document:k-program-vision-2 sti:ordinal ?o }
# or
INSERT DATA {initiative-part:x a sti:InitiativePart ;
    sti:partOfInitiative programme:sip ;
    sti:ordinal 3 ;
    sti:partKind <https://w3id.org/stigraph/id/part-kind/phase> .}
