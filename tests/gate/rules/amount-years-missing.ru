INSERT DATA {allocation:x sti:amountKind amount-kind:appropriation}
