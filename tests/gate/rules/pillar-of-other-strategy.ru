DELETE { measure:direction-qzss sti:underPillar ?o } INSERT { measure:direction-qzss sti:underPillar pillar:2023-advanced-technology } WHERE { measure:direction-qzss sti:underPillar ?o }
