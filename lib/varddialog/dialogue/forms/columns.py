"""The columns of the three forms: what was said, what was decided, how the dialogue was found. None asks for names."""

from __future__ import annotations

from varddialog.data.forms.columns import Column, Form

_ORIGIN = "Utgå från formuläret: «varddialog records template»."
_UNIT = "Regionen eller samverkansregionen som det gäller; Riket när det gäller hela landet."
_MEASURES = "Måttets namn, kortnamn eller id. Flera skiljs åt med semikolon."
_SOURCE = "Var det står: anteckningarnas namn och dag, eller utgivare och år."

STATEMENTS = Form(
    "Uttalanden",
    (
        Column("enhet", _UNIT, needed=True),
        Column("part", "Vem som säger det: parten, aldrig en person.", needed=True),
        Column("roll", "I vilken roll parten talar. Skriv aldrig ett namn."),
        Column("tema", "Temat det handlar om. Får vara tomt när frågan har ett tema."),
        Column("slag", "Vad för slags uttalande det är.", needed=True),
        Column(
            "uttalande", "Vad som sägs, med egna ord och utan namn på personer.", "Vårdplaneringen börjar tidigare."
        ),
        Column("fråga", "Frågan det svarar på. Måste finnas när slaget är «svar», annars får den vara tom."),
        Column("svar", "Det valda svaret, när frågan har svar att välja bland; annars tomt."),
        Column("mått", _MEASURES),
        Column("källa", _SOURCE, "Anteckningar från besöket 2027-03-14"),
    ),
    _ORIGIN,
)
ACTIONS = Form(
    "Åtgärder",
    (
        Column("nr", "Åtgärdens nummer. Varje uppföljning är en ny rad med samma nummer och enhet.", "1", True),
        Column("enhet", _UNIT, needed=True),
        Column("ägare", "Parten som ska göra det, aldrig en person. Får vara tomt vid uppföljning."),
        Column("tema", "Temat det handlar om. Får vara tomt vid uppföljning."),
        Column("åtgärd", "Vad som ska göras. Får vara tomt vid uppföljning.", "Gå igenom väntelistan varje månad."),
        Column("beslutad", "Dagen för beslutet, ÅÅÅÅ-MM-DD. Tomt när den inte är känd.", "2027-03-14"),
        Column("klar senast", "Dagen då det ska vara klart, ÅÅÅÅ-MM-DD, om den är satt.", "2028-12-31"),
        Column("mått", _MEASURES),
        Column("uppföljd", "Dagen då läget gällde, ÅÅÅÅ-MM-DD. Tom på raden med bara beslutet.", "2028-03-01"),
        Column("läge", "Läget den dagen. Tomt på raden med bara beslutet."),
        Column("kommentar", "Något mer om läget, utan namn på personer."),
        Column("källa", _SOURCE, "Anteckningar från besöket 2027-03-14"),
    ),
    _ORIGIN,
)
EVALUATION = Form(
    "Utvärdering",
    (
        Column("enhet", _UNIT, needed=True),
        Column("part", "Vem som svarar: parten, aldrig en person.", needed=True),
        Column("påstående", "Påståendet ur utvärderingen.", needed=True),
        Column("poäng", "1 (inte alls) till 5 (helt och hållet).", "4", True),
        Column("kommentar", "Något mer, utan namn på personer."),
    ),
    _ORIGIN,
)
FORMS = (STATEMENTS, ACTIONS, EVALUATION)

# sheets of the workbook that hold no records
GUIDE, CHOICES = "Så fyller du i", "Val"
BESIDE = (GUIDE, CHOICES)
