INSERT DATA {alignment:x sti:fromMeasure measure:direction-sbir, measure:overview-sbir}
