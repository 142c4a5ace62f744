DELETE { overview-2025:1-7a sti:ofDocument ?o } INSERT { overview-2025:1-7a sti:ofDocument document:direction-2025-04 } WHERE { overview-2025:1-7a sti:ofDocument ?o }
