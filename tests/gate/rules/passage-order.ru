DELETE { overview-2025:1-7a oa:start ?o } INSERT { overview-2025:1-7a oa:start 0 } WHERE { overview-2025:1-7a oa:start ?o }
# or
DELETE { overview-2025:1-7a sti:firstLine ?o } INSERT { overview-2025:1-7a sti:firstLine 9 } WHERE { overview-2025:1-7a sti:firstLine ?o }
