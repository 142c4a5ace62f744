INSERT DATA {event:integrated-innovation-strategy-2025-decided sti:phrase "x"}
