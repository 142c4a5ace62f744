DELETE WHERE { measure:direction-qzss sti:underPillar ?o }
