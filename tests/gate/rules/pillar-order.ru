DELETE { pillar:2021-finance sti:order ?o } INSERT { pillar:2021-finance sti:order 4 } WHERE { pillar:2021-finance sti:order ?o }
# or
DELETE { pillar:2021-finance sti:order ?o } INSERT { pillar:2021-finance sti:order 8 } WHERE { pillar:2021-finance sti:order ?o }
