INSERT DATA {measure-group:x a sti:MeasureGroup}
