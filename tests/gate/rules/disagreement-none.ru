INSERT DATA { disagreement:zz a sti:Disagreement ; sti:firstValue "1" ; sti:secondValue "1" ;
  sti:firstUrl "https://example.org/a"^^xsd:anyURI ; sti:secondUrl "https://example.org/b"^^xsd:anyURI }
# or
INSERT DATA { disagreement:zz a sti:Disagreement ; sti:firstValue "1" ; sti:secondValue "2" ;
  sti:firstUrl "https://example.org/a"^^xsd:anyURI ; sti:secondUrl "https://example.org/a"^^xsd:anyURI }
