INSERT DATA {source:x a sti:WebSource ;
    sti:url "https://github.com/ror-community/ror-records/blob/d93fc667872f8ef9386896bd6c68bd3c6103603e/v1.6/007f5s288.json"^^xsd:anyURI}
