INSERT DATA {source:x a sti:WebSource}
