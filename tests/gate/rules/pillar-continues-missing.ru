DELETE WHERE { pillar:2025-advanced-technology sti:continues ?o }
