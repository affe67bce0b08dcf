"""Which language a dialog's words are in.

Counts the small words that each language cannot do without, and those that consent dialogs consist of. A few words
prove little, so for short texts the document's own ``lang`` decides unless the words speak clearly against it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_READ = 20_000
"""Characters that are looked at; a language shows itself long before."""
_CLEAR = 12
"""Telling words from which the words alone decide."""

_WORDS = {
    "en": "the and of to in that is for with you your we our are this not or can by on use used may have it as be "
    "from at "
    "which these will if more about all accept reject allow decline deny settings preferences choices manage save "
    "necessary marketing privacy policy do sell share my personal information data always active cookies cookie learn "
    "continue agree close only essential site website functional performance targeting advertising",
    "es": "el la los las de del y que en un una para con por su sus se no es son nuestro nuestros nuestra usted esta "
    "este "
    "como más o al lo si puede aceptar rechazar todo todas todos permitir configuración configurar preferencias "
    "guardar "
    "privacidad política necesarias siempre activas cookies sitio web información datos vender compartir opciones",
    "de": "der die das und ist wir sie ihre ihrer ihren uns unsere unserer für mit von zu auf nicht werden oder ein "
    "eine "
    "einer einen dem den des auch sich bei um durch alle akzeptieren ablehnen zustimmen einstellungen speichern "
    "auswahl "
    "datenschutz datenschutzerklärung notwendig notwendige erforderlich immer aktiv mehr impressum verwenden nur",
    "fr": "le la les des du de et est nous vous votre vos notre nos pour avec sur dans que qui ne pas par ce ces "
    "cette une "
    "un au aux ou sont plus accepter refuser tout tous continuer sans paramètres paramétrer gérer enregistrer "
    "confidentialité politique nécessaires toujours actif actifs utilisons données choix",
    "it": "il lo la gli le di del della dei delle e è per con su che non una uno un nel nella sono questo questa "
    "nostro "
    "nostri tuo tuoi suo anche come più accetta accettare rifiuta rifiutare tutti tutto impostazioni gestisci "
    "preferenze "
    "salva necessari sempre attivi informativa utilizziamo sito dati",
    "pt": "o os as de do da dos das e que em um uma para com por seu sua seus suas não é são nosso nossa nossos você "
    "este "
    "esta ou ao mais como aceitar rejeitar recusar tudo todos permitir configurações definições preferências salvar "
    "guardar privacidade política necessários sempre ativos sítio informações dados",
    "nl": "de het een en van is wij we u uw je jouw onze ons voor met op te niet zijn worden of door dat die deze om "
    "ook "
    "als aan bij alle alles accepteren weigeren toestaan instellingen voorkeuren opslaan noodzakelijk noodzakelijke "
    "altijd actief privacybeleid gebruiken meer",
    "sv": "och att det som en ett på är för av med inte vi du din dina vår våra till kan om har den de eller godkänn "
    "acceptera avvisa alla neka inställningar spara nödvändiga alltid aktiva webbplats använder",
    "da": "og at det som en et på er for af med ikke vi du din dine vores til kan om har den de eller accepter afvis "
    "alle "
    "tillad indstillinger gem nødvendige altid aktiv hjemmeside bruger",
    "nb": "og at det som en et på er for av med ikke vi du din dine våre til kan om har den de eller godta avvis alle "
    "tillat innstillinger lagre nødvendige alltid aktiv nettsted bruker",
    "fi": "ja on ei että se ovat voi sekä tai myös me sinun meidän käytämme evästeet evästeitä evästeiden hyväksy "
    "hylkää "
    "kaikki asetukset tallenna välttämättömät aina sivusto",
    "pl": "i w z na do nie się jest że to od oraz lub dla przez o są po jak twoje nasze zaakceptuj akceptuj odrzuć "
    "wszystkie ustawienia zapisz niezbędne zawsze aktywne plików plików strony prywatności",
    "cs": "a v na se je že to do pro nebo s o jsou jako po k které vaše naše přijmout odmítnout všechny vše nastavení "
    "uložit nezbytné vždy aktivní stránky soukromí souhlas",
    "ro": "și de la în cu pe că un o nu este sunt pentru din sau mai acest această noastre dumneavoastră acceptă "
    "respinge "
    "toate setări salvează necesare întotdeauna site",
    "tr": "ve bir bu için ile da de çok olarak daha sizin bizim veya gibi kabul et reddet tümünü ayarlar kaydet "
    "gerekli "
    "zorunlu her zaman çerez çerezler çerezleri gizlilik",
}

_SCRIPTS = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7af"),
    ("zh", "\u4e00", "\u9fff"),
    ("ru", "\u0400", "\u04ff"),
    ("el", "\u0370", "\u03ff"),
    ("ar", "\u0600", "\u06ff"),
    ("he", "\u0590", "\u05ff"),
    ("th", "\u0e00", "\u0e7f"),
    ("hi", "\u0900", "\u097f"),
)


@cache
def _languages_of_word() -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in frozenset(words.split()):
            index[word] = (*index.get(word, ()), language)
    return index


def language_of(text: str, hint: str | None = None) -> str:
    """ISO 639-1 code of the language that a text is in; ``hint`` is the document's ``lang``, as written there.

    Without words that tell, the hint stands; without a hint, English.

    >>> language_of("Wir verwenden Cookies, um unsere Website zu verbessern.")
    'de'
    """
    text = text[:_LONGEST_READ]
    if script := _script_of(text):
        return script
    told = _code(hint)
    index = _languages_of_word()
    votes: Counter[str] = Counter()
    for word in _WORD.findall(text.casefold()):
        languages = index.get(word, ())
        for language in languages:
            votes[language] += 1
    if not votes:
        return told or "en"
    most = max(votes.values())
    if told and votes[told] >= (most * 0.8 if most >= _CLEAR else most * 0.5):
        return told
    leading = [language for language in _WORDS if votes[language] == most]
    return leading[0] if most > 1 or not told else told


def _code(hint: str | None) -> str | None:
    """The language of a ``lang`` value: ``en`` of ``en-US``; None where it is no such value."""
    head = re.split(r"[-_]", (hint or "").strip().casefold(), maxsplit=1)[0]
    code = {"no": "nb", "nn": "nb", "iw": "he"}.get(head, head)
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _script_of(text: str) -> str | None:
    """The language that a script other than Latin stands for, when most letters are in it."""
    if text.isascii():
        return None
    letters = [c for c in text[:2000] if c.isalpha()]
    foreign = [c for c in letters if not c.isascii()]
    for language, first, last in _SCRIPTS:
        share = sum(first <= c <= last for c in foreign)
        if share * (5 if language == "ja" else 2) > len(letters) > 0:
            return language
    return None
