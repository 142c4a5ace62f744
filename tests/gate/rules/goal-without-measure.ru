INSERT DATA {goal:x a sti:Goal}
