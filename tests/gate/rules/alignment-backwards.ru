INSERT DATA {alignment:x sti:fromMeasure measure:overview-sbir ;
    sti:toMeasure measure:direction-qzss}
