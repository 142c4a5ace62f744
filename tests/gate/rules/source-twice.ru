INSERT DATA {source:x a sti:WebSource ;
    sti:url "https://worldjpn.net/documents/texts/docs/20250606.O1J.html"^^xsd:anyURI}
