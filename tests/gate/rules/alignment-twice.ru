INSERT DATA {alignment:x sti:fromMeasure measure:direction-sbir ;
    sti:toMeasure measure:overview-sbir}
