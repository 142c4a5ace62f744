DELETE { programme:sip sti:underPillar ?o } INSERT { programme:sip sti:underPillar pillar:2025-knowledge-talent } WHERE { programme:sip sti:underPillar ?o }
