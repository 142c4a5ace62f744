DELETE { event:k-program-vision-revised dcterms:date ?o } INSERT { event:k-program-vision-revised dcterms:date "2021-03"^^xsd:gYearMonth } WHERE { event:k-program-vision-revised dcterms:date ?o }
