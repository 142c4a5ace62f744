DELETE { initiative-part:sip-3 sti:partOfInitiative ?o } INSERT { initiative-part:sip-3 sti:partOfInitiative programme:bridge } WHERE { initiative-part:sip-3 sti:partOfInitiative ?o }
