INSERT DATA {measure:direction-sbir sti:uses measure:direction-sbir}
