"""What people call things: energy terms in English and German, and the small words of a question."""

import re
from functools import lru_cache

# Words of one concept stand for one another; a star stands for any ending.
_CONCEPTS = {
    "energy": "energy energie arbeit",
    "electricity": "electric* strom elektr* power-supply",
    "consumption": "consum* usage use used uses using verbrauch* verbraucht demand bedarf",
    "import": "import* buy buys buying bought purchas* bezug* bezogen netzbezug drawn draw draws drew",
    "export": "export* feedin einspeis* eingespeist sell sells selling sold feed feeds fed rueckspeis* injection",
    "generation": "generat* produc* output yield erzeug* produktion ertrag ertraege produziert",
    "solar": "solar pv photovolt* sun sunny sonne* solaranlage*",
    "wind": "wind windy windkraft* windspeed windgeschwindigkeit",
    "hydro": "hydro* wasserkraft",
    "load": "load loads demand last lasten leistung power netzlast auslastung",
    "price": "price pricing cost* cheap* expensive preis* spot dear dearest kost* guenstig* teuer* billig*",
    "tariff": "tariff* tarif* rate",
    "money": "amount* revenue* cost* spend* spent bill bills betrag kosten umsatz erloes* value paid money",
    "carbon": "carbon co2 emission* emit* ghg kohlendioxid treibhaus* intensity",
    "temperature": "temperature* temp temperatur* hot hotter hottest warm* cold colder coldest kalt* heiss*",
    "humidity": "humid* feucht* luftfeuchte",
    "radiation": "radiation irradian* ghi dni dhi strahlung globalstrahlung einstrahlung",
    "heat": "heat heating waerme heiz*",
    "gas": "gas erdgas",
    "battery": "batter* akku* speicher storage",
    "vehicle": "ev evs car cars vehicle* charger* auto elektroauto wallbox ladestation*",
    "heatpump": "heatpump* waermepumpe*",
    "site": "site* location* building* standort* gebaeude liegenschaft* facility facilities plant plants anlage*",
    "home": "home* house* household* haushalt* haus haeuser dwelling*",
    "meter": "meter* zaehler* messstelle* zaehlpunkt*",
    "customer": "customer* client* kunde* kunden",
    "contract": "contract* vertrag* vertraege",
    "invoice": "invoice* bill bills rechnung* billed billing",
    "supplier": "supplier* versorger lieferant* supplied supply supplies provider*",
    "device": "device* geraet* equipment",
    "asset": "asset* anlage*",
    "reading": "reading* messwert* ablesung* measurement* interval* intervall* value values werte zaehlerstand*",
    "trade": "trade* traded deal deals handel gehandelt geschaeft*",
    "volume": "volume* menge* mengen quantity quantities",
    "country": "country countries land laender nation*",
    "city": "city cities town* stadt staedte ort orte",
    "name": "name names called bezeichnung namen",
    "status": "status state zustand",
    "quality": "quality qualitaet",
    "capacity": "capacity capacities installed rated kapazitaet* nennleistung installiert*",
    "area": "area size gross flaeche* grundflaeche floor",
    "net": "net netto",
    "speed": "speed geschwindigkeit",
    "circuit": "circuit* stromkreis* appliance* geraet*",
    "substation": "substation* umspannwerk* station stations",
    "manufacturer": "manufacturer* hersteller maker makers vendor*",
}
# Concepts that name opposite directions: a column of the one does not answer for the other.
OPPOSITES = {
    "consumption": {"generation", "export"},
    "import": {"export", "generation"},
    "export": {"import", "consumption"},
    "generation": {"consumption", "import"},
}
# Taking from the grid is consumption where nothing finer is metered, and so on.
NEARBY = {
    "consumption": {"import", "load", "energy"},
    "import": {"consumption", "energy"},
    "export": {"energy"},
    "generation": {"energy"},
    "electricity": {"energy"},
    "load": {"consumption"},
    "energy": {"consumption"},
    "volume": {"energy"},
}
# What says that an amount of energy is meant, even where power is stored.
ENERGY_CONCEPTS = frozenset({"energy", "consumption", "import", "export", "generation"})

_FUNCTION_WORDS = frozenset(
    """
    a an the this that these those some any all every of in on at to from for with within by and or but as is are was
    were be been being do does did done has have had having it its they them their there here we our us i my me you
    your he she his her who whom whose what which when where how why please tell give show list display find get see
    want know can could would should will shall may might must let s whats about during over under into out up down
    than then so such also only just per each other same more most less least very much many no not none without
    between both either neither if else while because total data using used taken take place happen happened go went
    compare compared comparing comparison versus vs against same period
    come came make made reach reached occur occurred overall altogether me
    der die das den dem des ein eine einer eines einem einen und oder aber von vom im in am an auf aus bei mit nach zu
    zum zur fuer ueber unter ist sind war waren wird werden wurde wurden hat haben hatte hatten wie viel viele was
    welche welcher welches welchem welchen wer wo wann warum bitte zeige zeig gib liste mir uns ich wir es sie er sich
    nur auch noch so als pro je jede jeder jedes jedem jeden alle aller allen dass nicht kein keine ohne zwischen gibt
    es insgesamt vergleich verglichen gegenueber unsere unser unserer unseren
    """.split()
)


# Words of the grammar that a mistyped one may have meant.
COMMON_WORDS = (
    *"january february march april june july august september october november december".split(),
    *"yesterday monday tuesday wednesday thursday friday saturday sunday weekend weekday average total maximum".split(),
    *"minimum hourly daily weekly monthly quarterly yearly previous compared missing highest lowest between".split(),
    *"percentage morning evening afternoon quarter month largest smallest number".split(),
)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(word.replace("*", r"\w*").replace("-", "") for word in words.split()))


_PATTERNS = {concept: _pattern(words) for concept, words in _CONCEPTS.items()}
# Parts that German writes as one word.
_COMPOUND_PARTS = tuple(
    sorted(
        {
            word.rstrip("*")
            for words in _CONCEPTS.values()
            for word in words.split()
            if len(word.rstrip("*")) >= 3
        }
        | {"tages", "monats", "jahres", "wochen", "stunden", "gesamt", "durchschnitts", "hoechst", "spitzen"}
        | {"mittel", "jahr", "netz", "einspeisung", "erzeugung", "quartals", "haus"},
        key=len,
        reverse=True,
    )
)
_SHORTEST_COMPOUND = 8


@lru_cache(maxsize=20_000)
def concepts_of(plain: str) -> frozenset[str]:
    """The concepts that a folded word may stand for."""
    return frozenset(concept for concept, pattern in _PATTERNS.items() if pattern.fullmatch(plain))


def is_function_word(plain: str) -> bool:
    """Whether the word holds a sentence together and names nothing by itself."""
    return plain in _FUNCTION_WORDS


@lru_cache(maxsize=5_000)
def compound_parts(plain: str) -> tuple[str, str] | None:
    """A German compound in two: ``stromverbrauch`` → strom, verbrauch."""
    if len(plain) < _SHORTEST_COMPOUND:
        return None
    for first in _COMPOUND_PARTS:
        if plain.startswith(first) and len(plain) - len(first) >= 3:
            rest = plain[len(first) :]
            for linked in (rest, rest.removeprefix("s")):
                if len(linked) >= 3 and concepts_of(linked):
                    return first, linked
    return None


def all_terms() -> tuple[str, ...]:
    """Every whole word of the vocabulary, for naming what is nearest to an unknown one."""
    return tuple(
        word for words in _CONCEPTS.values() for word in words.split() if "*" not in word and len(word) > 3
    )
