DELETE { measure:direction-sbir sti:inDocument ?o } INSERT { measure:direction-sbir sti:inDocument document:overview-2025 } WHERE { measure:direction-sbir sti:inDocument ?o }
