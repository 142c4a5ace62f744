DELETE { basic-plan:6 sti:lastFiscalYear ?o } INSERT { basic-plan:6 sti:lastFiscalYear fiscal-year:2018 } WHERE { basic-plan:6 sti:lastFiscalYear ?o }
