DELETE WHERE { measure:direction-sbir sti:phrase ?o }
