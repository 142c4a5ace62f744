INSERT DATA { initiative-part:sip-3 sti:partOfPart initiative-part:uire-call-2 }
