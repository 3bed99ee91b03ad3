"""Words of the written report."""

from kiosk.core.i18n import N_

SUMMARY, FACT, OFFICE = N_("Summary of the report"), N_("Fact of the report"), N_("Service unit")
FROM_TO = N_("{first} to {last}")
SCHEME = N_("Questionnaire")
SCHEME_NAMES = {
    "skm-2017": N_("Nine elements (PermenPANRB 14/2017)"),
    "ikm-2004": N_("Fourteen elements (KepmenPAN 25/2004)"),
}
APPLICANTS, SHORT = N_("Applicants of the period"), N_("Answers short of the sample")
HIDDEN_NOTE = N_("{sign} Not shown: fewer than five answers, or fewer than five could be computed from it.")
APART = N_("{count} answers by the older questionnaire lie in the same period; they have another scheme and are not counted here.")
ELEMENTS = N_("Result of each element")
NRR, WEIGHTED, PLACE = N_("Mean (NRR)"), N_("Weighted mean"), N_("Rank")
WEIGHTED_NOTE = N_("Means are shown rounded; the index is computed from the exact ones and rounded once, half up, at the end.")
SCORE_NOTE = N_("1 is the worst answer, 4 the best.")
WAY, MONTH, PERCENT = N_("Way of answering"), N_("Month of the answers"), N_("Percent")
PLAN_BEFORE = N_("Follow-up plan of the last report")
ANNEX, OTHERS = N_("Annex: answers given alike"), N_("all others")
ANNEX_NOTE = N_("Raw data without persons: answers that at least five respondents gave alike. A dash is a question that was skipped.")
WHOLE_ALONE = N_("Raw data and distribution are published for the whole unit alone: with a part's, a row of the rest could be found.")
SUGGESTIONS_WARNING = N_("For the office's own use: a text can name a person. Do not publish this table.")

TITLE = N_("Report of the community satisfaction survey")
MADE_ON = N_("Report made on")
WITHHELD = N_("Fewer than five answers stand behind this report, or it would give away fewer than five. So it shows no result.")
INTRODUCTION, METHOD, CONCLUSION = N_("Introduction"), N_("Method"), N_("Conclusion")
WHY = N_(
    "Every public service unit asks its users how satisfied they are, publishes the result and acts on it. "
    "This report shows what users of {office} said."
)
LAW = N_(
    "Legal basis: Law 25/2009 on public service and PermenPANRB 14/2017 on the survey of public satisfaction. "
    "Purpose: to know how the service is seen, element by element, and to improve what is seen as weakest."
)
ASKED = N_(
    "Users answered by themselves, without a name, on a device of the unit or on their own phone; no answer leads to a person. "
    "Questionnaire: {scheme}, four answers each, worth 1 to 4. {n} people answered. {sample}"
)
SAMPLE_KNOWN = N_("By the table of Krejcie and Morgan, {needed} answers are the sample for {applicants} applicants.")
COMPUTED = N_(
    "The mean of an element is the sum of its scores divided by the number of those who answered it. The index is 25 times the sum "
    "of the means of {count} elements, each with a weight of {weight}. It is computed exactly, rounded once, half up, and then graded. "
    "A question that was skipped counts nowhere."
)
NO_PROFILE = N_("The profile is published for the whole unit alone, so that nobody in a smaller part can be picked out.")
CONCLUDED = N_("The index is {index}, grade {grade}, from {n} answers.")
STRONG_AND_WEAK = N_("Strongest: {strong}. Weakest, and so first to be improved: {weak}.")
PLANNED = N_("What is done about the three weakest elements, by whom and until when, and what became of the last plan.")
