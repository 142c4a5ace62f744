DELETE { interval:2030s sti:lastYear ?o } INSERT { interval:2030s sti:lastYear "2029"^^xsd:gYear } WHERE { interval:2030s sti:lastYear ?o }
