"""English or not: a vote of small words, and the words of a story in seven languages."""

from collections import Counter
from collections.abc import Sequence

from fulcrum.stories.redact import folded

_SMALL = {
    "en": """
        the and to of a in is it i that was for on you with they my not have this but are be we at so as
        had me were all your very no been when an from has just can get what there would after our will do
        their or which who if its it's i'm don't out up about than more then them could by too he she also
        only now how did does am us because over again still any even
    """,
    "de": """
        der die das und ich nicht ist es zu ein eine mit auf für in den von sie war sehr wir mir auch habe
        dem des im aber so bei wie wurde nur noch mich uns haben nach hat dass als einen kein keine
    """,
    "fr": """
        le la les de et je un une est pas que pour des en du il ce ne au avec sur mon dans qui très mais
        nous été ai plus vous sans j'ai n'est c'est par suis ma
    """,
    "es": """
        el la los de y que en un una es no se por con para lo me muy pero mi las del al fue como más ha
        han he mis sin ya todo nos ni le su
    """,
    "pt": """
        o a os as de e que não um uma é do da em no na com para por foi muito meu minha mas eu me se já
        dos ao ainda mais até nem só como bem foram está pelo produto veio
    """,
    "it": """
        il la lo gli di e che non un una è per con mi sono ho ma del della in molto anche ha si come al
        dal nel mio mia più
    """,
    "nl": """
        de het een en ik is niet van in op te dat met voor was zijn er maar wij ze mijn heel ook aan bij
        naar geen nog dit om
    """,
}
STOP = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_LANGUAGES = {
    word: tuple(language for language in STOP if word in STOP[language])
    for word in sorted(frozenset().union(*STOP.values()))
}
ANY_STOP = frozenset(_LANGUAGES) | {folded(word) for word in _LANGUAGES}

_OWN = """
    i i'm i've i'd i'll me my mine myself we us our ours ich mich mir mein meine meinen meiner wir uns
    unser unsere je j'ai m' moi mon ma mes nous notre nos yo mi mis nosotros nuestra nuestro eu meu minha
    meus minhas nós comprei recebi io mio mia mie miei noi ik mij mijn wij ons onze
"""
_ORDER = """
    then after before when until again later finally first second third next since while suddenly today
    yesterday monday tuesday wednesday thursday friday saturday sunday week weeks month months day days
    hour hours minutes morning evening dann danach nachdem bevor als bis wieder später endlich erst zuerst
    gestern heute tage tagen woche wochen monat monate stunden puis après avant quand jusqu'à enfin encore
    hier jours semaine semaines mois heures luego después antes cuando hasta ayer hoy días semanas meses
    horas depois quando até ontem hoje dias mês novamente dopo prima finché ieri oggi giorni settimane
    mesi ore daarna toen voordat totdat weer gisteren vandaag dagen weken maanden uur
"""
FIRST_PERSON = frozenset(_OWN.split())
IN_ORDER = frozenset(_ORDER.split())


def language_of(words: Sequence[str]) -> str:
    """The language most of whose small words are in `words` (small letters); "" where none is."""
    votes = Counter(language for word in words for language in _LANGUAGES.get(word, ()))
    return max(_SMALL, key=lambda language: votes[language]) if votes else ""


def is_english(words: Sequence[str]) -> bool:
    """Whether the vote of the small words is for English."""
    return language_of(words) == "en"
