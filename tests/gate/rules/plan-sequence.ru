DELETE { basic-plan:7 sti:ordinal ?o } INSERT { basic-plan:7 sti:ordinal 6 } WHERE { basic-plan:7 sti:ordinal ?o }
# or
INSERT DATA {basic-plan:7 sti:firstFiscalYear fiscal-year:2025}
