DELETE WHERE { document:overview-2025 sti:textDigest ?o }
