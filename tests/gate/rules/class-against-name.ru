DELETE { organisation:tohoku-university a sti:University } INSERT { organisation:tohoku-university a sti:Council } WHERE { }
# or
DELETE { document:research-security-guideline a sti:Guideline } INSERT { document:research-security-guideline a sti:BasicPolicy } WHERE { }
# or
DELETE { initiative:iter a sti:Initiative } INSERT { initiative:iter a sti:PolicyPackage } WHERE { }
