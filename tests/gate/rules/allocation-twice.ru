INSERT DATA {allocation:a a sti:BudgetAllocation ;
    schema:value 100 ;
    schema:currency "JPY" ;
    sti:amountKind amount-kind:appropriation ;
    sti:budgetStage budget-stage:initial ;
    sti:firstFiscalYear fiscal-year:2022 ;
    sti:lastFiscalYear fiscal-year:2022 ;
    sti:forInitiative programme:sip .
allocation:e a sti:BudgetAllocation ;
    schema:value 200 ;
    schema:currency "JPY" ;
    sti:amountKind amount-kind:appropriation ;
    sti:budgetStage budget-stage:initial ;
    sti:firstFiscalYear fiscal-year:2022 ;
    sti:lastFiscalYear fiscal-year:2022 ;
    sti:forInitiative programme:sip .
allocation:c a sti:BudgetAllocation ;
    schema:value 300 ;
    schema:currency "JPY" ;
    sti:amountKind amount-kind:cumulative-appropriation ;
    sti:budgetStage budget-stage:initial ;
    sti:firstFiscalYear fiscal-year:2022 ;
    sti:lastFiscalYear fiscal-year:2022 ;
    sti:forInitiative programme:sip . }
