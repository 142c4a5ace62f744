INSERT DATA {overview-2025:x a sti:Passage ;
    sti:ofDocument document:overview-2025 ;
    oa:start 25 ;
    oa:end 37}
