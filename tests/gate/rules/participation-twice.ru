INSERT DATA { participation:zz-one a sti:Participation ; sti:participationIn programme:sbir ; sti:actor organisation:jaxa ; sti:role role:implements } ;
INSERT DATA { participation:zz-two a sti:Participation ; sti:participationIn programme:sbir ; sti:actor organisation:jaxa ; sti:role role:implements }
