"""The columns of the form that a region fills in."""

from __future__ import annotations

from varddialog.data.forms.columns import Column, Form

COLUMNS = (
    Column("mått", "Måttets id, kortnamn eller namn, som på bladet «Mått».", "reperfusion-i-tid-stemi", True),
    Column("enhet", "Namnet på sjukhuset, vårdcentralen eller den andra enheten.", "Lasarettet i Norrby", True),
    Column("år", "Året som värdet gäller; för flera år tillsammans det sista.", "2025", True),
    Column("månad", "1 till 12, bara för mått med värden per månad; annars tomt.", ""),
    Column("kön", "totalt, kvinnor eller män; tomt betyder totalt.", "totalt"),
    Column("värde", "Värdet i måttets mätenhet, med decimalkomma eller decimalpunkt.", "82,4", True),
    Column("nedre", "Nedre gränsen i värdets 95-procentiga konfidensintervall, om det finns.", "79,1"),
    Column("övre", "Övre gränsen i intervallet. Nedre och övre anges båda eller ingen.", "85,3"),
    Column("täljare", "Antalet personer eller händelser i värdet, om det finns.", "412"),
    Column("nämnare", "Antalet som de räknas av. Täljare och nämnare anges båda eller ingen.", "500"),
)
FORM = Form("Uppgifter", COLUMNS, "Utgå från formuläret: «varddialog data add --form».")
SEXES = {"totalt": "T", "kvinnor": "K", "män": "M"}
