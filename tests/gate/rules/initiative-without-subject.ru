DELETE WHERE { programme:sip sti:topic ?o }
