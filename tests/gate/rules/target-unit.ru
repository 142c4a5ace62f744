DELETE WHERE { target:qzss-7 sti:targetUnit ?o }
# or
DELETE WHERE { target:qzss-7 sti:targetValue ?o }
