"""English adjectives of nationality, in lower case, without those that are common words besides.

Left out, because they also mean something else in lower case: polish, welsh, scotch, swiss (cheese),
french and dutch (of kitchens), manx, attic.
"""

DEMONYMS = frozenset(
    """
    afghan african albanian algerian american angolan argentine argentinian armenian asian australian
    austrian azerbaijani bangladeshi belarusian belgian bolivian bosnian brazilian british bulgarian
    cambodian cameroonian canadian chilean chinese colombian congolese croatian cuban cypriot czech danish
    egyptian estonian ethiopian european filipino finnish georgian german ghanaian greek guatemalan haitian
    hungarian icelandic indian indonesian iranian iraqi irish israeli italian jamaican japanese jordanian
    kazakh kenyan korean kurdish kuwaiti latvian lebanese libyan lithuanian macedonian malaysian maltese
    mexican moldovan mongolian montenegrin moroccan namibian nepalese nigerian norwegian pakistani
    palestinian peruvian portuguese romanian russian rwandan scandinavian scottish senegalese serbian
    singaporean slovak slovakian slovenian somali spanish sudanese swedish syrian taiwanese tanzanian thai
    tibetan tunisian turkish ugandan ukrainian uruguayan uzbek venezuelan vietnamese yemeni zambian
    zimbabwean
    """.split()
)
