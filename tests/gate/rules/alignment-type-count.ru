DELETE { alignment:economic-security sti:alignmentType ?o } INSERT { alignment:economic-security sti:alignmentType alignment-type:kept } WHERE { alignment:economic-security sti:alignmentType ?o }
# or
DELETE { alignment:sbir sti:alignmentType ?o } INSERT { alignment:sbir sti:alignmentType alignment-type:merged } WHERE { alignment:sbir sti:alignmentType ?o }
