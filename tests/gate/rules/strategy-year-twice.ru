DELETE { annual-strategy:2021 sti:editionYear ?o } INSERT { annual-strategy:2021 sti:editionYear "2022"^^xsd:gYear } WHERE { annual-strategy:2021 sti:editionYear ?o }
