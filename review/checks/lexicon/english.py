"""English, the language of the translations."""

from review.checks.lexicon.language import Lexicon
from review.checks.lexicon.terms import Terms

_DAYS = {
    "monday": "Monday Mondays Mon",
    "tuesday": "Tuesday Tuesdays Tue Tues",
    "wednesday": "Wednesday Wednesdays Wed",
    "thursday": "Thursday Thursdays Thu Thur Thurs",
    "friday": "Friday Fridays Fri",
    "saturday": "Saturday Saturdays",
    "sunday": "Sunday Sundays",
}
_MONTHS = {
    "january": "January Jan",
    "february": "February Feb",
    "march": "March",
    "april": "April Apr",
    "may": "May may",
    "june": "June",
    "july": "July",
    "august": "August Aug",
    "september": "September Sept Sep",
    "october": "October Oct",
    "november": "November Nov",
    "december": "December Dec",
}
_WHEN = """
today tonight yesterday tomorrow weekend weekends Christmas Easter Midsummer Eve summer winter spring autumn
fall month months week day days weekday weekdays date daily weekly night
"""
_CURRENCIES = {
    "euro": "euro euros EUR €",
    "dollar": "dollar dollars USD $ buck bucks",
    "pound": "pound pounds GBP £ quid sterling",
    "krona": "krona kronor krone kroner kronur crown crowns koruna korunas kroon kroons SEK NOK DKK ISK EEK CZK",
    "ruble": "ruble rubles rouble roubles RUB",
    "yen": "yen JPY ¥",
    "yuan": "yuan renminbi CNY RMB",
    "franc": "franc francs CHF",
    "rupee": "rupee rupees INR",
    "zloty": "zloty zlotys złoty PLN",
    "lira": "lira liras lire TRY",
    "mark": "deutschmark deutschmarks Deutschmark Deutschmarks marks markka markkas",
    "hryvnia": "hryvnia hryvnias UAH",
    "peso": "peso pesos",
}
_UNITS = {
    "km": "kilometre kilometres kilometer kilometers km",
    "m": "metre metres meter meters",
    "cm": "centimetre centimetres centimeter centimeters cm",
    "mm": "millimetre millimetres millimeter millimeters mm",
    "mile": "mile miles",
    "foot": "foot feet ft",
    "inch": "inch inches",
    "yard": "yard yards",
    "kg": "kilogram kilograms kilogramme kilogrammes kilo kilos kg",
    "g": "gram grams gramme grammes",
    "t": "tonne tonnes ton tons",
    "l": "litre litres liter liters",
    "ha": "hectare hectares ha",
    "acre": "acre acres",
    "second": "second seconds",
    "minute": "minute minutes",
    "hour": "hour hours",
    "day": "day days",
    "week": "week weeks",
    "month": "month months",
    "year": "year years",
    "percent": "percent percentage per_cent",
}
# Besides plain denials, whatever a translator may deny with: verbs, prepositions and prefixes.
_DENIALS = """
not no never none nobody nothing nowhere neither nor cannot without hardly barely scarcely rarely seldom
"""
_DENIALS_WITHIN = (
    r"(?:un|in|im|ir|il|non|dis|mis)[a-z]{3,}|[a-z]+(?:less|free)|(?:fail|lack|den[iy]|refus|reject|avoid|prevent"
    r"|miss|declin|ban|prohibit|forbid|stop|ceas|los[etis]|absen|imposs|except|oppos|instead|rather|than|only"
    r"|but|few|little|too|until|unless|before|out|off|against|away|far|yet|still|despite|doubt|oblivious"
    r"|contrary|short|any|although|though|either|last|zero|nil|bare|exclud|resist|wrong|fals|end|quit|block"
    r"|halt|keep|kept|drop|cancel|abandon|withdr|blank|empty|nope|nay|beyond|differ|otherwise|highest|first|one|minus|spar|omit|cannot)[a-z]*"
)
LEXICON = Lexicon(
    code="en",
    days=Terms(_DAYS),
    months=Terms(_MONTHS),
    when=frozenset(_WHEN.split()),
    currencies=Terms(_CURRENCIES),
    units=Terms(_UNITS),
    denials=frozenset(_DENIALS.split()),
    denials_within=_DENIALS_WITHIN,
    contracts_denials=True,
)
