"""Estonian. Stems cover the cases: Eesti keele käsiraamat, M 30–75."""

from review.checks.lexicon.language import Length, Lexicon
from review.checks.lexicon.terms import Terms

_DAYS = {
    "monday": "esmaspäev*",
    "tuesday": "teisipäev*",
    "wednesday": "kolmapäev*",
    "thursday": "neljapäev*",
    "friday": "reede reedel reedest reedeks reedeni reedet reedeti reedene reedes* reedeõht*",
    "saturday": "laupäev*",
    "sunday": "pühapäev*",
}
_MONTHS = {
    "january": "jaanuar*",
    "february": "veebruar*",
    "march": "märts märtsi märtsis märtsist märtsini märtsiks märtsil märtsikuu*",
    "april": "aprill*",
    "may": "mai mais maist maini maiks mail maikuu*",
    "june": "juuni juunis juunist juunini juuniks juunil juunikuu*",
    "july": "juuli juulis juulist juulini juuliks juulil juulikuu*",
    "august": "august augusti augustis augustist augustini augustiks augustil augustikuu*",
    "september": "septemb*",
    "october": "oktoob*",
    "november": "novemb*",
    "december": "detsemb*",
}
_CURRENCIES = {
    "euro": "euro eurot eurone euros eurode euroga eurosse euroni euroks eurodes € eur",
    "dollar": "dollar*",
    "pound": "nael naela naelast naelaga naelsterling* £",
    "krona": "kroon krooni kroonist kroonini krooniks kroonid kroonide kroonine eek",
    "ruble": "rubla*",
    "yen": "jeen jeeni jeenist",
    "yuan": "jüaan*",
    "franc": "frank franki frangi",
    "rupee": "ruupia*",
    "zloty": "zlott* zloti*",
    "lira": "liir liiri",
    "mark": "mark marka marga",
    "hryvnia": "grivna*",
    "peso": "peeso*",
}
_UNITS = {
    "km": "kilomeet* km",
    "m": "meeter meetri meetrit meetrist meetrini meetril meetrine meetris*",
    "cm": "sentimeet* sentimeetr* cm",
    "mm": "millimeet* mm",
    "mile": "miil miili miilist",
    "foot": "jalg jalga",
    "inch": "toll tolli tolline",
    "kg": "kilo kilogramm* kilogrammi* kg",
    "g": "gramm grammi grammist",
    "t": "tonn tonni tonnist tonnini",
    "l": "liiter liitri liitrit",
    "ha": "hektar* ha",
    "second": "sekund*",
    "minute": "minut*",
    "hour": "tund tundi tunni tunniks tunnine tunnis",
    "day": "päev päeva päevane päevaks ööpäev*",
    "week": "nädal nädala nädalat nädalane nädalaks",
    "month": "kuu kuud kuune kuuks",
    "year": "aasta aastat aastane aastas* aastaks aastased",
    "percent": "protsen*",
}
_WHEN = "täna eile homme nädalavahetus jõul lihavõt kuu kuul nädala nädalal päev suv talv keva sügi"
# Eesti keele käsiraamat, SÜ 83: eitus.
# "Ära" and "mitte" deny too, but more often "ära" ends an action and "mitte" stands in "not only".
_DENIALS = "ei ega ärge ärgu ärgem pole polnud poleks polevat"
_DENIALS_WITHIN = (
    r"(?:eba|ilma|vaevalt|harva|vähe|keela|keeld|vaba|puud|takist|vältim|välti|kaot|kadu|kao|loobu|lõpe|lõpp|ainult"
    r"|vaid|üksnes|liiga|enne|kuni|muu|peale|vastu|võimatu|jät|jää|raske|asemel|kuid|aga|veel|alles|kui|mitte|umbusald|umbusal|vaevu|jõu|kõrval)[a-zõäöüšž]*"
    r"|[a-zõäöüšž]+(?:mata|matu|matut|matud|tu|tut|tud|tute|ta|gi|ki)|ära|ole"
)
LEXICON = Lexicon(
    code="et",
    days=Terms(_DAYS),
    months=Terms(_MONTHS),
    when=frozenset(_WHEN.split()),
    currencies=Terms(_CURRENCIES),
    units=Terms(_UNITS),
    denials=frozenset(_DENIALS.split()),
    denials_within=_DENIALS_WITHIN,
    length=Length(0.102, 1.323, 0.0),  # From the post-edits of MLQE-PE’s training set.
)
