DELETE { fiscal-year:2022 sti:endDate ?o } INSERT { fiscal-year:2022 sti:endDate "2022-03-31"^^xsd:date } WHERE { fiscal-year:2022 sti:endDate ?o }
# or
DELETE { fiscal-year:2022 sti:startDate ?o } INSERT { fiscal-year:2022 sti:startDate "2023-04-01"^^xsd:date } WHERE { fiscal-year:2022 sti:startDate ?o }
