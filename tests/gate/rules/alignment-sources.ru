DELETE DATA {alignment:economic-security sti:toMeasure measure:overview-global-strategy}
# or
DELETE DATA {alignment:economic-security sti:statedIn overview-2025:1-7a-2}
