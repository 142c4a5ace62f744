DELETE DATA { allocation:sbir-reform-fy2022 sti:forInitiative programme:sbir }
