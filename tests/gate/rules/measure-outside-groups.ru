DELETE WHERE { measure:overview-sbir sti:inGroup ?o }
# or
DELETE WHERE { progress:overview-bridge sti:inGroup ?o }
