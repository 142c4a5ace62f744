DELETE { pillar:2025-advanced-technology sti:completesPlan ?o } INSERT { pillar:2025-advanced-technology sti:completesPlan basic-plan:7 } WHERE { pillar:2025-advanced-technology sti:completesPlan ?o }
# or
DELETE { pillar:2025-economic-security sti:answersDebateOn ?o } INSERT { pillar:2025-economic-security sti:answersDebateOn basic-plan:6 } WHERE { pillar:2025-economic-security sti:answersDebateOn ?o }
# or
DELETE { pillar:2025-economic-security sti:pillarKind ?o } INSERT { pillar:2025-economic-security sti:pillarKind pillar-kind:pillar } WHERE { pillar:2025-economic-security sti:pillarKind ?o }
