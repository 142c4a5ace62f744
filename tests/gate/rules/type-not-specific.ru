INSERT DATA {programme:sip a sti:Initiative}
