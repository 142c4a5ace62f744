DELETE WHERE { basic-plan:6 sti:lastFiscalYear ?o }
