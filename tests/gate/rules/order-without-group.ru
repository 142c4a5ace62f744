DELETE { measure:direction-qzss sti:order ?o } INSERT { measure:direction-qzss sti:order 1 } WHERE { measure:direction-qzss sti:order ?o }
# or
DELETE { measure:direction-qzss sti:order ?o } INSERT { measure:direction-qzss sti:order 9 } WHERE { measure:direction-qzss sti:order ?o }
# or
DELETE { measure:direction-sbir sti:order ?o } INSERT { measure:direction-sbir sti:order 2 } WHERE { measure:direction-sbir sti:order ?o }
# or
DELETE WHERE { measure:direction-qzss sti:pursuesGoal ?o }
# or
DELETE { measure:strategy-2024-continued-axes sti:order ?o } INSERT { measure:strategy-2024-continued-axes sti:order 2 } WHERE { measure:strategy-2024-continued-axes sti:order ?o }
