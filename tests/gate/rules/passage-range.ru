DELETE { overview-2025:1-7a oa:end ?o } INSERT { overview-2025:1-7a oa:end 25 } WHERE { overview-2025:1-7a oa:end ?o }
# or
DELETE { overview-2025:1-7a sti:lastLine ?o } INSERT { overview-2025:1-7a sti:lastLine 5 } WHERE { overview-2025:1-7a sti:lastLine ?o }
