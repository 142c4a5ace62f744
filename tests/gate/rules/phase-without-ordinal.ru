DELETE DATA { initiative-part:sip-3 sti:ordinal 3 }
