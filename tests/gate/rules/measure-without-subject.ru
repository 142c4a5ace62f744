INSERT DATA {measure:x a sti:Measure}
