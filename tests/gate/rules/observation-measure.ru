INSERT DATA {
  observation:zz-one a qb:Observation ; sti:ofIndicator indicator:top10-papers ; sti:refArea area:zz ; sti:refPeriod "2019-2021" ;
    sti:periodType period-type:three-year-mean ; sti:counting counting:fractional ; sti:edition document:sti-indicators-2024 ;
    qb:measureType sti:obsValue ; sti:obsValue 1 ; sti:obsUnit unit:paper ; sti:obsRank 3 .
}
# or
INSERT DATA {
  observation:zz-one a qb:Observation ; sti:ofIndicator indicator:top10-papers ; sti:refArea area:zz ; sti:refPeriod "2019-2021" ;
    sti:periodType period-type:three-year-mean ; sti:counting counting:fractional ; sti:edition document:sti-indicators-2024 ;
    qb:measureType sti:obsRank ; sti:obsValue 1 ; sti:obsUnit unit:paper .
}
