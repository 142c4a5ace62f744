DELETE { progress:overview-bridge sti:order ?o } INSERT { progress:overview-bridge sti:order 1 } WHERE { progress:overview-bridge sti:order ?o }
# or
DELETE { progress:overview-bridge sti:order ?o } INSERT { progress:overview-bridge sti:order 7 } WHERE { progress:overview-bridge sti:order ?o }
