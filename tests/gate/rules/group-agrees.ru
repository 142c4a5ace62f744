DELETE { progress:overview-bridge sti:underPillar ?o } INSERT { progress:overview-bridge sti:underPillar pillar:2025-knowledge-talent } WHERE { progress:overview-bridge sti:underPillar ?o }
