"""What people call things: energy terms in English and German, and the small words of a question."""

import re
from functools import lru_cache

# Words of one concept stand for one another; a star stands for any ending.
_CONCEPTS = {
    "energy": "energy energie arbeit",
    "electricity": "electric* strom elektr* power-supply",
    "consumption": "consum* usage use used uses using verbrauch* verbraucht demand bedarf",
    "import": "import* buy buys buying bought purchas* bezug* bezogen netzbezug drawn draw draws drew",
    "export": (
        "export* feedin einspeis* eingespeist sell sells selling sold feed feeds fed rueckspeis* injection"
    ),
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
    "washing": "washingmachine* waschmaschine*",
    "dishwasher": "dishwasher* geschirrspueler* spuelmaschine*",
    "freezer": "freezer* gefrier* tiefkuehl*",
    "refrigerator": "refrigerator* fridge* kuehlschr*",
    "site": (
        "site* location* building* standort* gebaeude liegenschaft* facility facilities plant plants anlage*"
    ),
    "home": "home* house* household* haushalt* haus haeuser dwelling*",
    "meter": "meter* zaehler* messstelle* zaehlpunkt*",
    "customer": "customer* client* kunde* kunden",
    "contract": "contract* vertrag* vertraege",
    "invoice": "invoice* bill bills rechnung* billed billing",
    "supplier": "supplier* versorger lieferant* supplied supply supplies provider*",
    "device": "device* geraet* equipment",
    "asset": "asset* anlage*",
    "reading": (
        "reading* messwert* ablesung* measurement* interval* intervall* value values werte zaehlerstand*"
    ),
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
    a aber about against all alle allen aller als also altogether am an and any are as at auch auf aus
    be because been bei being between big bitte both but by came can come compare compared comparing
    comparison could das dass data dem den der des did die display do does done down during each ein
    eine einem einen einer eines either else er es every find for from fuer gegenueber get gib gibt give
    go gross haben had happen happened has hat hatte hatten have having he her here high his hoch how i
    ich if im in insgesamt into is ist it its je jede jedem jeden jeder jedes just kein keine know large
    least less let list liste low made make many may me might mir mit more most much must my nach
    neither nicht no noch none not nur occur occurred oder of ohne on only or other our out over overall
    per period place please pro reach reached s same see shall she should show sich sie sind so some
    such take tell than that the their them then there these they this those to total ueber und under
    uns unser unsere unseren unserer unter up us vergleich verglichen versus very viel viele vom von vs
    wann want war waren warum was we welche welchem welchen welcher welches went wer werden were what
    whats when where which while who whom whose why wie will wir wird with within without wo would wurde
    wurden you your zeig zeige zu zum zur zwischen wenn waehrend falls solange liegt liegen lag lagen
    betraegt betrug whenever except excluding excl outside ausser ausgenommen ausserhalb
    """.split()
)

# Words of the grammar that a mistyped one may have meant.
COMMON_WORDS = (
    *"january february march april june july august september october november december".split(),
    *"yesterday monday tuesday wednesday thursday friday saturday sunday weekend weekday".split(),
    *"average total maximum minimum hourly daily weekly monthly quarterly yearly previous".split(),
    *"compared missing highest lowest between".split(),
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


@lru_cache(maxsize=20_000)
def named_concepts(plain: str) -> frozenset[str]:
    """The concepts that a folded word names as a whole, whatever other words begin like it."""
    return frozenset(
        concept for concept, words in _CONCEPTS.items() if plain in words.replace("*", "").split()
    )


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
