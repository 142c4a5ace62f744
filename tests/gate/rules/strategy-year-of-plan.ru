DELETE { annual-strategy:2025 sti:yearOfPlan ?o } INSERT { annual-strategy:2025 sti:yearOfPlan 4 } WHERE { annual-strategy:2025 sti:yearOfPlan ?o }
# or
DELETE { annual-strategy:2021 sti:editionYear ?o } INSERT { annual-strategy:2021 sti:editionYear "2020"^^xsd:gYear } WHERE { annual-strategy:2021 sti:editionYear ?o }
# or
DELETE { annual-strategy:2021 sti:editionYear ?o } INSERT { annual-strategy:2021 sti:editionYear "2026"^^xsd:gYear } WHERE { annual-strategy:2021 sti:editionYear ?o }
