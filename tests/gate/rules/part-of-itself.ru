INSERT DATA {programme:sip sti:partOfInitiative programme:bridge . programme:bridge sti:partOfInitiative programme:sip}
# or
INSERT DATA { annual-strategy:2021 sti:succeeds annual-strategy:2022 . annual-strategy:2022 sti:succeeds annual-strategy:2021 }
# or
INSERT DATA { initiative-part:sip-3 sti:partOfPart initiative-part:sip-3 }
