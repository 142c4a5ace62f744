DELETE { measure:direction-qzss sti:underPillar ?o } INSERT { measure:direction-qzss sti:underPillar pillar:2025-knowledge-talent } WHERE { measure:direction-qzss sti:underPillar ?o }
# or
DELETE { measure:direction-qzss sti:inField ?o } INSERT { measure:direction-qzss sti:inField field:ai } WHERE { measure:direction-qzss sti:inField ?o }
