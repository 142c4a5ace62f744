INSERT DATA {allocation:x sti:amountKind amount-kind:fund-size ;
    sti:firstFiscalYear fiscal-year:2022}
