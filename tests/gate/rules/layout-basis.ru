DELETE WHERE { progress:overview-open-access sti:basis ?o }
# or
DELETE WHERE { measure-group:overview-progress-partner-countries sti:basis ?o }
