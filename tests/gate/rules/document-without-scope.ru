INSERT DATA {document:x a sti:Guideline}
