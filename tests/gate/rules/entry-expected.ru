INSERT DATA {measure:direction-sbir sti:uses topic:startups}
# or
INSERT DATA {target:qzss-7 sti:about direction-2025-04:3-space-3}
