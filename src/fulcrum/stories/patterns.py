"""What identifying texts look like: patterns that run in linear time, and the check digits."""

import re

NAME = r"(?:[A-Z]\.|[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’-][^\W\d_]+)*)"
_TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Sra?|Srta|Señora?|Senhora?|Dona"
    r"|Signora?|Sig|Dhr|Mevr|Mevrouw|Meneer)"
)
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Court|Ct|Square|Place|Terrace|Boulevard|Blvd"
    r"|Crescent|Gardens|Grove|Mews|Parade|Highway|Hwy|Parkway|Quay|Way|Row|Hill)"
)
_PARTICLES = r"(?:de|da|do|das|dos|del|della|di|du|des|la|las|le|les|los|el|e|y|et|van|von|der|den)"
_NAMED = rf"(?:(?:{_PARTICLES}\s|[ld]['’])*{NAME})"
_ADDRESSES = (
    rf"\b(?:(?:Flat|Apt|Apartment|Unit|Suite)\.?\s?\w{{1,5}},?\s)?\d{{1,5}}[A-Za-z]?,?\s"
    rf"(?:{NAME}\s){{1,4}}{_STREET}\b\.?",
    r"\b\d{1,5}[a-z]?\s(?!(?:minute|hour|day|week|month|year|time|step|block|mile)s?\b)[a-z]{3,20}\s"
    r"(?:street|road|rd|avenue|ave|lane|drive|court|crescent|terrace|boulevard|blvd)\b",
    r"\b[A-ZÄÖÜ][\wß-]{0,40}(?:stra(?:ß|ss)e|str\.|weg|allee|platz|gasse|damm|ufer|straat|laan|plein|kade"
    r"|gracht|dijk)\s?\d{1,4}\s?[a-z]?\b",
    rf"\b{NAME}\s(?:Stra(?:ß|ss)e|Str\.|Weg|Allee|Platz|Gasse|Damm|Ufer|Ring)\s\d{{1,4}}\s?[a-z]?\b",
    rf"\b(?i:rua|avenida|av\.?|travessa|praça|alameda|rodovia|calle|c/|plaza|paseo|carrer|via|viale|piazza"
    rf"|corso|rue|avenue|boulevard|bd|place|chemin|allée|impasse|quai)\s(?:{_NAMED}[ ,]+){{1,5}}"
    r"(?:(?i:n[º°o.]{0,2}|número)\s?)?\d{1,5}\b",
    rf"\b\d{{1,4}}(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai)\s"
    rf"{_NAMED}(?:\s{_NAMED}){{0,3}}",
    r"\bP\.?\s?O\.?\s?Box\s\d{1,6}\b",
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b",
    r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]"
    r"|UT|V[AT]|W[AIVY])\s\d{5}(?:-\d{4})?\b",
    rf"\b(?:D-|F-)?\d{{5}}\s(?!(?:Euro|Dollar|Pfund|Kunden)\b){NAME}",
)
ADDRESS = re.compile("|".join(f"(?:{one})" for one in _ADDRESSES))

EMAIL = re.compile(
    r"[\w.+'’-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|\b[\w.+-]{1,64}\s?(?:\(at\)|\[at\]|\sat\s)\s?[\w-]{1,63}\s?(?:\(dot\)|\[dot\]|\sdot\s)\s?[a-z]{2,10}\b",
    re.IGNORECASE,
)
LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]{1,500}", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w@])@\w{2,30}")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
NUMBER = re.compile(r"(?<!\w)(?<!\d[.,])[+(]{0,2}\d(?:[ \u00a0().\-/]{0,3}\d){5,40}(?!\w)")
CODE = re.compile(r"\b(?=[A-Z\d-]{0,19}\d)[A-Z]{1,4}-?\d[A-Z\d-]{4,18}\b")
LOCATOR = re.compile(r"\b[A-Z](?=[A-Z\d]*\d[A-Z\d]*[A-Z])(?=[A-Z]*\d)[A-Z\d]{5}\b")
"""Booking references: six capitals and digits, a letter first and a letter after a digit."""

CUED = re.compile(
    r"\b(?:account|acct|customer|client|order|booking|ticket|reference|ref|policy|contract|case|invoice|member"
    r"|kunden|konto|vertrags|bestell|rechnungs|pedido|conta|cliente|commande|contrat|ordine|klant)"
    r"(?:s|-)?\s?(?:id|number|no|num|nr|nummer|número|numero|numéro|n[º°o])?\.?\s?(?:is|was|:|#|ist|é|es|est)?"
    r"\s?#?((?=[A-Z\d-]{0,15}\d{3})[A-Z\d][A-Z\d-]{2,19})\b",
    re.IGNORECASE,
)
PLAIN = re.compile(
    r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?!\d)"
    r"|\b(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d\b"
    r"|\b\d{1,2}[.:]\d{2}(?:\s?[-–]\s?\d{1,2}[.:]\d{2})?\b"
    r"|[€$£]\s?\d[\d.,]{0,15}|\b\d[\d.,]{0,15}\s?(?:[€$£]|(?:EUR|USD|GBP|euros?|dollars?|pounds|reais)\b)"
)
"""Days, times, ranges of years and amounts: numbers that identify nobody by themselves."""

TITLED = re.compile(rf"\b{_TITLES}\b\.?\s({NAME}(?:\s{NAME}){{0,2}})")
CALLED = re.compile(
    r"(?i:\b(?:my name is|my name's|i am called|mein name ist|ich heiße|je m['’]appelle|me llamo|mi nombre es"
    r"|meu nome é|me chamo|mi chiamo|mijn naam is))\s([^\W\d_]{2,}(?:\s[A-ZÀ-Þ][^\W\d_'’-]+){0,2})"
)
GREETED = re.compile(
    r"^\s*(?i:dear|hi|hello|hey|hallo|liebe[rs]?|sehr geehrte[rn]?|bonjour|hola|olá|ola|ciao|beste|geachte)"
    rf"\s(?:{_TITLES}\.?\s)?({NAME}(?:\s{NAME}){{0,2}})(?=\s?[,!.:;\n]|$)",
    re.MULTILINE,
)
THANKED = re.compile(
    r"(?i:\b(?:thanks|thank you|thx|danke|merci|gracias|obrigad[oa]|grazie|bedankt))"
    rf"(?:,|\s(?i:to|an|à|a|ao|aan))?\s({NAME}(?:\s{NAME})?)"
)
SIGNED = re.compile(
    r"(?:^|(?<=[\n.!?,]))\s{0,3}(?i:(?:(?:kind|best|warm|with)\s)?regards|best wishes"
    r"|yours (?:sincerely|faithfully|truly)|sincerely|cheers|mit freundlichen grüßen|viele grüße|liebe grüße"
    r"|mfg|cordialement|bien à vous|saludos|atenciosamente|atte?|abraços|cordiali saluti|groeten"
    r"|met vriendelijke groet)(?:\s?[,.!:-]|\s?\n)\s{0,4}(\S[^\n]{0,60}(?:\n[^\n]{1,60}){0,2})\s*$"
)
DASHED = re.compile(rf"(?:^|\s)[-–—~]\s?({NAME}(?:\s{NAME}){{0,2}})\s*$")


def is_card(digits: str) -> bool:
    """Whether 13 to 19 digits end in the check digit of a payment card (Luhn; ISO/IEC 7812-1)."""
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def iban_in(text: str) -> int:
    """How many signs of `text` from its start are an account number with right check digits, 0 for none.

    Modulus 97 of ISO 13616, over every length that a country uses (15 to 34 signs), longest first.
    """
    for end in range(len(text), 14, -1):
        joined = text[:end].replace(" ", "").replace("-", "").upper()
        if not 15 <= len(joined) <= 34 or not text[end - 1].isalnum():
            continue
        if int("".join(str(int(sign, 36)) for sign in joined[4:] + joined[:4])) % 97 == 1:
            return end
    return 0
