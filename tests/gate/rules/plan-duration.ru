DELETE { basic-plan:6 sti:durationYears ?o } INSERT { basic-plan:6 sti:durationYears 6 } WHERE { basic-plan:6 sti:durationYears ?o }
