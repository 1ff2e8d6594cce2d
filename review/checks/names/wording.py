"""The form of a name that the sentence needs: bare, or with a possessive ’s."""

import re

# After a name these do not begin something it possesses: verbs, prepositions, conjunctions, adverbs.
_NOT_POSSESSED = frozenset(
    """
    about above according across after against ago all along already also although am among an and any
    are around as at away back be became because been before began behind being below beneath beside
    besides between beyond both but by came can cannot could did do does doing done down during either
    else even ever every except few for from gave get gets given goes going gone got had has have having
    he her here herself him himself his how however if in indeed inside instead into is it its itself
    just last later least less like made makes many may me might mine more most much must my near
    neither never next no nor not nothing now of off often on once one only onto or other our out
    outside over past per perhaps please put rather said same says see seen shall she should since so
    some soon still such take taken than that the their them then there these they this those though
    through thus till to today together tomorrow too took toward towards under unless until up upon us
    very via was we well went were what when where whereas whether which while who whom whose why will
    with within without would yesterday yet you your told called met added stressed announced admitted
    asked believes believed claimed claims thinks thought wants wanted won lost held took plays played
    scored left wins loses wrote writes defended described tells shows showed knows knew
    """.split()
)


def in_sentence(
    base: str, case: str, before: str, after: str, apostrophe: str, abbreviation: bool = False
) -> list[str]:
    """Forms of `base` for its place, likeliest first.

    A Finnish genitive before a noun is a possessive in English; elsewhere, and for every other case,
    the bare name is right.
    """
    possessive = f"{base}{apostrophe}s"
    if case != "genitive":
        return [base]
    following = re.match(r" ([^\W\d_]+(?:-[^\W\d_]+)*)", after)
    # "the Navalny organisation", but "the EU’s members": an article before a person's name belongs to the noun.
    other_article = not abbreviation and before.endswith(("the ", "The "))
    if following and _may_be_possessed(following.group(1)) and not other_article:
        return [possessive, base]
    return [base, possessive] if following else [base]


def _may_be_possessed(word: str) -> bool:
    return word[0].islower() and word not in _NOT_POSSESSED and not re.search(r"(?:ed|ly)$", word)
