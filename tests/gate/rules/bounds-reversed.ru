DELETE { fiscal-year:2022 sti:endDate ?o } INSERT { fiscal-year:2022 sti:endDate "2021-03-31"^^xsd:date } WHERE { fiscal-year:2022 sti:endDate ?o }
