INSERT DATA { participation:zz-one a sti:Participation ; sti:participationIn programme:sbir ; sti:actor organisation:jaxa ; sti:role role:project-manager }
# or
INSERT DATA { person:zz a sti:Person } ;
INSERT DATA { participation:zz-one a sti:Participation ; sti:participationIn programme:sbir ; sti:actor person:zz ; sti:role role:supervises }
