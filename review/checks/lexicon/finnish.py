"""Finnish. Stems cover the cases: Ison suomen kieliopin verkkoversio, § 55–94."""

from review.checks.lexicon.language import Length, Lexicon
from review.checks.lexicon.terms import Terms

_DAYS = {
    "monday": "maanantai*",
    "tuesday": "tiistai*",
    "wednesday": "keskiviik*",
    "thursday": "torstai*",
    "friday": "perjantai*",
    "saturday": "lauantai*",
    "sunday": "sunnuntai*",
}
_MONTHS = {
    "january": "tammikuu* tammikuis* tammikuin*",
    "february": "helmikuu* helmikuis* helmikuin*",
    "march": "maaliskuu* maaliskuis* maaliskuin*",
    "april": "huhtikuu* huhtikuis* huhtikuin*",
    "may": "toukokuu* toukokuis* toukokuin*",
    "june": "kesäkuu* kesäkuis* kesäkuin*",
    "july": "heinäkuu* heinäkuis* heinäkuin*",
    "august": "elokuu* elokuis* elokuin*",
    "september": "syyskuu* syyskuis* syyskuin*",
    "october": "lokakuu* lokakuis* lokakuin*",
    "november": "marraskuu* marraskuis* marraskuin*",
    "december": "joulukuu* joulukuis* joulukuin*",
}
# "Eurooppa" and "eurovaalit" begin alike, so the euro is listed form by form.
_CURRENCIES = {
    "euro": """euro euron euroa euroon eurossa eurosta eurolla eurolta eurolle euroksi euroina eurona eurot eurojen
        euroja euroissa euroista euroilla euroihin eur € miljardieuro* miljoonaeuro*""",
    "dollar": "dollar* taala* usd $",
    "pound": "punta puntaa punnan punnalla punnasta punnat puntien puntia punnaksi puntaan gbp £",
    "krona": "kruunu kruunun kruunua kruunulla kruunusta kruunuun kruunujen kruunuja kruunuksi SEK NOK DKK",
    "ruble": "rupla*",
    "yen": "jeni jenin jeniä jenillä jenistä jenien jenejä jeniin ¥",
    "yuan": "juan juanin juania juanilla juaniin juanien yuan*",
    "franc": "frangi*",
    "rupee": "rupia rupian rupiaa rupialla rupioiden rupioita",
    "zloty": "zloty* złoty*",
    "lira": "liira*",
    "mark": "markka markkaa markan markalla markkaan markkoja saksanmark*",
    "hryvnia": "hryvnia* grivna*",
    "peso": "peso peson pesoa pesolla pesojen pesoja",
}
_UNITS = {
    "km": "kilometr* km",
    "m": "metri metrin metriä metristä metriin metrillä metrien metrejä metrinen metris* metriset",
    "cm": "senttimetri* sentti senttiä sentin cm senttinen",
    "mm": "millimetri* milli millin milliä mm",
    "mile": "maili* mailia",
    "foot": "jalka jalkaa jalan",
    "inch": "tuuma*",
    "yard": "jaardi*",
    "kg": "kilo kilon kiloa kilogram* kg kiloinen kilois* kiloksi kilosta",
    "g": "gramma*",
    "t": "tonni*",
    "l": "litra*",
    "ha": "hehtaari* ha",
    "acre": "eekkeri*",
    "second": "sekunti* sekunni* sekuntt*",
    "minute": "minuutti* minuuti*",
    "hour": "tunti tunnin tuntia tunnissa tunnista tunniksi tuntiin tuntinen tuntis*",
    "day": "päivä päivän päivää päivässä päiväksi päivänä päivästä päiväinen päiväis* vuorokau* vuorokaut*",
    "week": "viikko viikon viikkoa viikossa viikoksi viikkoinen viikkois*",
    "month": "kuukau* kuukaut*",
    "year": "vuosi vuoden vuotta vuodessa vuodeksi vuotias vuotiaa* vuotinen vuotis* vuotiae*",
    "percent": "prosen*",
}
_WHEN = """
tänään eilen huomenna viikonlopp viikonlop joulu pääsiäi juhannu vappu aatto kuun kuussa viikon viikolla päivä
arki tuore viime ensi kesä talvi kevä syksy yöllä
"""
# Ison suomen kieliopin verkkoversio, § 1615–1640: the verb of negation and what is joined to it.
_DENIALS = """
ei en et emme ette eivät eikä enkä etkä emmekä ettekä eivätkä ettei etten ettet ettemme ettette etteivät ellei
ellen elleivät jollei jolleivät muttei mutteivät vaikkei vaikkeivät koskei koskeivät kunnei älä älkää älköön
älkäämme älköön eipä enpä eivätpä eihän enhän ethän emmehän eiväthän miksei mikset miksen mikseivät
jottei jotteivät jotten mutten muttet muttemme vaikken kosken
"""
_DENIALS_WITHIN = (
    r"(?:epä|ilman|vailla|tuskin|harv|vähä|vähe|kielt|kiell|estä|vasta|pois|puut|muu|mahdoton|epäonn"
    r"|torju|hylk|hylä|menett|jätt|jäi|jää|lopet|lopp|liian|ainoa|vain|peru|kumo|välttä|vältt|hukk|huk|nolla"
    r"|pelk|ennen|ilma|katos|kadon|kado|keskey|vie|vaike|raja|pako|mutta|vaan|sijaan|sija|ohi|kuin|paitsi|tyhj|hankal|katk|poikk|neits|luopu|rikk|hiljaa|salaa)[a-zåäö]*"
    r"|[a-zåäö]+(?:ton|tön|ttom[a-zåäö]+|ttöm[a-zåäö]+|matta[a-zåäö]*|mättä[a-zåäö]*|tta|ttä|tonta|töntä|eikö|eivätkö|kö|kaan|kään)|eikö"
)
LEXICON = Lexicon(
    code="fi",
    days=Terms(_DAYS),
    months=Terms(_MONTHS),
    when=frozenset(_WHEN.split()),
    currencies=Terms(_CURRENCIES),
    units=Terms(_UNITS),
    denials=frozenset(_DENIALS.split()),
    denials_within=_DENIALS_WITHIN,
    length=Length(-0.015, 1.285, 0.086),  # From the references of WMT’s newstest 2015–2018.
)
