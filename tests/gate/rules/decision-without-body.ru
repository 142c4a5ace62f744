DELETE WHERE { event:ai-bill-cabinet-decision sti:decidedBy ?o }
