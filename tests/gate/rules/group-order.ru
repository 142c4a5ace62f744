DELETE { measure-group:overview-talent sti:order ?o } INSERT { measure-group:overview-talent sti:order 4 } WHERE { measure-group:overview-talent sti:order ?o }
# or
DELETE { measure-group:overview-talent sti:order ?o } INSERT { measure-group:overview-talent sti:order 9 } WHERE { measure-group:overview-talent sti:order ?o }
