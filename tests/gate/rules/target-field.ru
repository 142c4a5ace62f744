DELETE { target:qzss-7 sti:forGoal ?o } INSERT { target:qzss-7 sti:forGoal goal:fusion } WHERE { target:qzss-7 sti:forGoal ?o }
