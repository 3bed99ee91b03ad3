"""SKM, the satisfaction survey of PermenPANRB 14/2017: questions, answers without a person, index, report, plan."""
