INSERT DATA {programme:sip a sti:Measure}
# or
INSERT DATA {organisation:jaxa a sti:IndustryBody}
