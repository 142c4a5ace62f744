DELETE WHERE { target:fusion-power-2030s sti:targetPeriod ?o }
