"""Words of the survey's report on the staff's screen."""

from kiosk.core.i18n import N_

TITLE = N_("Satisfaction survey")
LEAD = N_("PermenPANRB 14/2017, weight of each element")
OLD_LEAD = N_("KepmenPAN 25/2004, fourteen elements, weight of each element")
PERIOD, SERVICE, PLACE, WHOSE = N_("Period"), N_("Service"), N_("Counter group"), N_("Whose answers")
EVERYBODY, HOLDERS, WALK_UP = N_("All"), N_("Ticket holders"), N_("Without a ticket")
IMPORTED = N_("From an older survey")
KINDS = {"year": N_("Years"), "half": N_("Half-years"), "quarter": N_("Quarters"), "month": N_("Months")}
SHOW, PDF, XLSX = N_("Show"), N_("Report as PDF"), N_("As XLSX")

INDEX = N_("Index of the service unit")
GRADE = N_("Grade")
NO_GRADE = N_("With this weight the index is below 25.00, where no grade exists.")
RESPONDENTS, SAMPLE = N_("Respondents"), N_("Smallest sample")
OF_APPLICANTS = N_("of {population} applicants")
REACHED, MISSING = N_("reached"), N_("{count} answers short of it")
NO_POPULATION = N_("The number of applicants is not known. An admin can enter it below.")
TOO_FEW = N_("Fewer than five answers: nothing is shown, so that nobody can be picked out.")
UNTIL = N_("Counted: answers up to and including")
UNTIL_WHY = N_(
    "Younger answers are counted together, at least five at a time and after their day is over, so that nobody can be picked out."
)
NOT_YET = N_("Answers that wait to be counted:")

MEANS = N_("Elements, the best first")
LOWEST_THREE, OTHERS = N_("three lowest"), N_("the others")
SCALE = N_("Answers are worth 1 to 4; the drawing begins at")
ELEMENT, MEAN, COUNT = N_("Element"), N_("Value"), N_("Answers")
TREND = N_("Trend by month")
FEW, NUMBERS = N_("fewer than 5"), N_("Numbers")
DISTRIBUTION = N_("How the answers are spread")
DISTRIBUTION_HELP = N_("1 is the worst answer, 4 the best; the number of people stands in each part.")
PROFILE = N_("Respondents' profile")
PARTS = {"sex": N_("Sex"), "age": N_("Age"), "education": N_("Education"), "work": N_("Work")}
NOT_TOLD = N_("not told")
SHARE, INDEX_OF = N_("Share"), N_("Index")
PARTS_TITLE = N_("Parts of the office")
SERVICES, PLACES, TOLD_APART = N_("By service"), N_("By counter group"), N_("Ticket holders and others")
NO_SERVICE, NO_PLACE = N_("service not told"), N_("own phone")
SUGGESTIONS = N_("Suggestions")
NO_SUGGESTIONS = N_("Nobody wrote a suggestion.")
SUGGESTIONS_HELP = N_("In no order of time. If a text names somebody, do not pass it on.")
EARLIER_ONES, LATER_ONES = N_("Suggestions before"), N_("More suggestions")

PLAN = N_("Follow-up plan")
PLAN_LEAD = N_("The three weakest elements: what will be done, by whom, until when.")
NOTHING_PLANNED = N_("nothing planned yet")
FILL, CHANGE, SAVE = N_("Fill in the plan"), N_("Change the plan"), N_("Save")
ACTION, PERSON, DUE, STATE, NOTE = N_("What will be done"), N_("Who"), N_("Until"), N_("State"), N_("What became of it (may stay empty)")
STATES = {"open": N_("not begun"), "doing": N_("under way"), "done": N_("done")}
SAVED, WROTE = N_("The plan is saved."), N_("You wrote:")
LATE = N_("late")
EARLIER = N_("What earlier reports planned")
EARLIER_LEAD = N_("The last plan before this period, and whatever is not done yet.")

SETTING = N_("How this office computes")
WEIGHT = N_("Weight of each element")
WEIGHT_HELP = N_("1/9 is exact. 0.11 and 0.111 are for offices that must go on with them; the report names the weight.")
APPLICANTS = N_("Applicants a year (empty: visits are counted)")
IMPORT_HELP = N_("Older answers come in with the command kiosk survey import FILE on the office computer. It shows a preview first.")
SETTING_SAVED = N_("Saved. The report is computed with it.")
