INSERT DATA {programme:sip sti:partOfInitiative programme:bridge . programme:bridge sti:partOfInitiative programme:sip}
