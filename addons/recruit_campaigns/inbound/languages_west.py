"""Words of absence in the languages of western and northern Europe."""

from .language import Language

WEST = (
    Language(
        code="en",
        subjects=r"auto(mat(ic|ed))?[ -]?(reply|response|answer|responder|reponse"
        r"|message)"
        r"|out[ -]of[ -](the )?office( (auto ?reply|reply|alert|message|notice"
        r"|notification))?"
        r"|ooo|oof|vacation( (reply|message|notice|response|auto ?reply))?"
        r"|away( message)?"
        r"|autosvar|absence|on (vacation|leave|holiday)|auto",
        away=r"out[ -]of[ -](the )?office|away from (my|the) (desk|office|e-?mail|mail)"
        r"|on (annual|parental|maternity|paternity|sick|medical|family|study"
        r"|\w+)? ?leave"
        r"|on (my )?(vacation|holidays?|a business trip|sabbatical|pto)|away (until"
        r"|till|from)"
        r"|(am|i'm|will be|be|currently|now) (away|absent|traveling|travelling"
        r"|unavailable"
        r"|not (available|in the office|in office|at work|reachable))"
        r"|not in (the )?office"
        r"|(office|we are|company) (is|are|will be)? ?closed (until|till|for|from|on"
        r"|between)"
        r"|in (the )?hospital|limited access to (my )?(e-?mail|mail)"
        r"|not (be )?(checking|"
        r"reading|monitoring) (my )?(e-?mail|mail|messages)|back in the office",
        automatic=r"this is an? (automat(ic|ed)|auto)[ -]?\w*|automat(ed|ic|ically)"
        r" (generated )?(reply|response|answer|message|e-?mail|acknowledge\w+"
        r"|notification)"
        r"|auto[ -]?(reply|response|responder)|automatically generated"
        r"|do not reply to this|generated automatically",
        relay=r"(in|for) (any )?(urgent|an emergency|emergencies)|if (this|it|your \w+)"
        r"( matter)? is urgent|(please )?(contact|call|reach out to|write to"
        r"|e-?mail) my"
        r"|for (immediate|urgent) (assistance|matters)|in my absence|while i('m"
        r"| am) (away|out)"
        r"|limited access|(reply|respond|answer|get back to you|read your)[^.]{0,60}"
        r"(upon|when|after|on|once) (my |i )?(return|get back|am back|'m back"
        r"|come back)"
        r"|as soon as i (return|get back|am back|come back)|will not be forwarded",
        until=r"until|till|til|through|thru|up to|to|ending",
        back=r"back|return(ing|s|ed)?|available( again)?|in the office again|resume",
        months="january jan,february feb,march mar,april apr,may,june jun,july jul,"
        "august aug,september sept sep,october oct,november nov,december dec",
        weekdays="monday tuesday wednesday thursday friday saturday sunday",
        tomorrow=r"tomorrow",
    ),
    Language(
        code="de",
        subjects=r"automatische (antwort|rückantwort|nachricht|abwesenheitsnotiz"
        r"|e-?mail)"
        r"|abwesenheits(notiz|nachricht|meldung|benachrichtigung|mitteilung|agent"
        r"|assistent)?"
        r"|abwesend(heit)?|abwesenheit|autom\. antwort|urlaubs?(notiz|meldung)?"
        r"|nicht im büro"
        r"|außer haus|bin (im urlaub|nicht im büro|abwesend)|autoantwort|auto-antwort",
        away=r"nicht im (büro|haus|office)|nicht im dienst|im urlaub|abwesend"
        r"|außer haus"
        r"|ausser haus|in elternzeit|im mutterschutz|auf (einer )?dienstreise"
        r"|nicht erreichbar"
        r"|nicht am arbeitsplatz|krank(geschrieben)?\b|in mutterschutz|im krankenstand"
        r"|wieder (im büro|erreichbar|für sie da|zurück)|außerhalb des büros"
        r"|im betriebsurlaub"
        r"|geschlossen",
        automatic=r"automatische (antwort|nachricht|e-?mail|rückmeldung)"
        r"|automatisch (generiert|erstellt|erzeugt|versend)\w*"
        r"|diese nachricht wurde automatisch",
        relay=r"in dringenden (fällen|angelegenheiten)|bei dringenden|wenden sie sich"
        r"|wende dich|meine[rn]? (vertretung|kolleg\w+)|nicht weitergeleitet|in meiner"
        r" abwesenheit|nach meiner rückkehr|vertritt mich|nach meinem urlaub",
        until=r"bis( zum| einschließlich| einschl\.| inkl\.)*( einschließlich)?",
        back=r"(wieder|zurück)( erreichbar| im büro| da)?|ab( dem)?",
        months="januar jänner jan,februar feber feb,märz maerz mrz mär,april apr,mai,"
        "juni jun,juli jul,august aug,september sept sep,oktober okt,november nov,"
        "dezember dez",
        weekdays="montag dienstag mittwoch donnerstag freitag samstag sonntag",
        tomorrow=r"morgen",
    ),
    Language(
        code="fr",
        subjects=r"réponse automatique|reponse automatique|absence( du bureau)?"
        r"|absent(e)?"
        r"( du bureau)?|message d'absence|notification d'absence|en congés?|répondeur"
        r"|réponse d'absence|message automatique|retour automatique|hors du bureau",
        away=r"absent(e|s|es)?\b|en (congés?|vacances|déplacement|arrêt"
        r"|congé maternité)"
        r"|hors du bureau|pas (au|à mon) bureau|de retour|indisponible|actuellement en"
        r"|ne suis pas (disponible|joignable|au bureau)|fermé(e|s)? (du|jusqu)",
        automatic=r"(réponse|message|mail|courriel|accusé) .{0,20}automatique"
        r"|envoyé automatiquement|généré automatiquement",
        relay=r"en cas d'urgence|pour toute (urgence|demande urgente)"
        r"|veuillez contacter"
        r"|merci de contacter|pendant mon absence|dès mon retour|à mon retour"
        r"|accès limité|durant mon absence|vous pouvez (contacter|joindre)",
        until=r"jusqu'(au|à|en)|jusqu'au|au|et le",
        back=r"(de )?retour( au bureau)?|reprend(rai|s)|à partir du|dès le",
        months="janvier janv,février fevrier févr fév,mars,avril avr,mai,juin,juillet"
        " juil,"
        "août aout,septembre sept,octobre oct,novembre nov,décembre decembre déc dec",
        weekdays="lundi mardi mercredi jeudi vendredi samedi dimanche",
        tomorrow=r"demain",
    ),
    Language(
        code="es",
        subjects=r"respuesta automática|respuesta automatica|fuera de (la )?oficina"
        r"|ausente"
        r"( de la oficina)?|ausencia|mensaje de ausencia|de vacaciones|autorrespuesta"
        r"|auto ?respuesta|contestación automática|vacaciones",
        away=r"fuera de (la|mi)? ?oficina|de vacaciones|ausente|no (estoy"
        r"|estaré) (disponible"
        r"|en la oficina)|de baja|de viaje|estaré fuera|permiso de (maternidad"
        r"|paternidad)"
        r"|no me encuentro|cerrad[ao]s? (hasta|del)|de permiso",
        automatic=r"(respuesta|mensaje|correo) automátic[oa]|generado automáticamente"
        r"|enviado automáticamente",
        relay=r"en caso de urgencia|para (asuntos|temas|cualquier) urgente"
        r"|si es urgente"
        r"|(póngase|ponerse) en contacto|durante mi ausencia|a mi (regreso|vuelta)"
        r"|contact(e|ar) con|acceso limitado|cuando (vuelva|regrese)"
        r"|por favor contacte",
        until=r"hasta( el( día)?)?|al|a",
        back=r"(de )?(vuelta|regreso)|volver[ée]|regresar[ée]|vuelvo|regreso"
        r"|reincorpor\w+"
        r"|a partir del",
        months="enero ene,febrero feb,marzo mar,abril abr,mayo may,junio jun,julio jul,"
        "agosto ago,septiembre setiembre sept sep,octubre oct,noviembre nov,diciembre"
        " dic",
        weekdays="lunes martes miércoles jueves viernes sábado domingo",
        tomorrow=r"mañana",
    ),
    Language(
        code="it",
        subjects=r"risposta automatica|fuori (sede|ufficio)|assente|assenza"
        r"|fuori dall'ufficio"
        r"|in ferie|autorisposta|messaggio automatico|ferie|sono assente",
        away=r"fuori (ufficio|sede)|fuori dall'ufficio|assente|in (ferie|vacanza"
        r"|maternità"
        r"|malattia|trasferta)|non (sono|sarò) (in ufficio|disponibile|raggiungibile)"
        r"|rientr(o|erò)|chius[oi] (per|fino|dal)|di ritorno",
        automatic=r"(risposta|messaggio|e-?mail) automatic[oa]"
        r"|generat[oa] automaticamente"
        r"|inviat[oa] automaticamente",
        relay=r"(per|in caso di) (urgenz|comunicazioni urgenti|questioni urgenti"
        r"|necessità)\w*"
        r"|si prega di contattare|contattare (il|la|i)|durante la mia assenza"
        r"|al mio rientro"
        r"|potete contattare|accesso limitato|può contattare",
        until=r"fino (al|a)|sino al|al|a",
        back=r"rientr(o|erò|ando)|(di )?ritorno|torn(o|erò)|a partire dal|dal giorno",
        months="gennaio gen,febbraio feb,marzo mar,aprile apr,maggio mag,giugno giu,"
        "luglio lug,agosto ago,settembre sett set,ottobre ott,novembre nov,dicembre"
        " dic",
        weekdays="lunedì martedì mercoledì giovedì venerdì sabato domenica",
        tomorrow=r"domani",
    ),
    Language(
        code="pt",
        subjects=r"resposta automática|resposta automatica|fora do escritório|ausente"
        r"( do escritório)?|ausência|de férias|em férias|férias|mensagem automática",
        away=r"fora do escritório|de férias|em férias|ausente|não (estou"
        r"|estarei) (disponível"
        r"|no escritório)|de licença|em viagem|estarei fora|licença[- ](maternidade"
        r"|médica)"
        r"|em gozo de férias",
        automatic=r"(resposta|mensagem|e-?mail) automátic[oa]|gerad[oa] automaticamente"
        r"|enviad[oa] automaticamente",
        relay=r"em caso de urgência|(assuntos|casos) urgentes|se for urgente"
        r"|por favor,? contact"
        r"|entre em contato|durante a minha ausência|no meu (regresso|retorno)"
        r"|quando (eu )?"
        r"(voltar|regressar)|favor contatar|acesso limitado",
        until=r"até( o| ao)?( dia)?|ao?|a",
        back=r"(de )?(volta|regresso)|voltarei|retorn(o|arei)|regress(o|arei)"
        r"|a partir de",
        months="janeiro jan,fevereiro fev,março marco mar,abril abr,maio mai,junho jun,"
        "julho jul,agosto ago,setembro set,outubro out,novembro nov,dezembro dez",
        weekdays="segunda-feira terça-feira quarta-feira quinta-feira sexta-feira"
        " sábado domingo",
        tomorrow=r"amanhã",
    ),
    Language(
        code="nl",
        subjects=r"automatisch antwoord|automatische (beantwoording|reactie)"
        r"|afwezig(heid)?"
        r"|afwezigheids(bericht|assistent|melding)|niet op kantoor|buiten kantoor"
        r"|met vakantie"
        r"|op vakantie|vakantie",
        away=r"(niet|buiten) (op )?(het )?kantoor|afwezig|(op|met) (vakantie|verlof)"
        r"|niet (aanwezig|bereikbaar|beschikbaar)|met zwangerschapsverlof|op zakenreis"
        r"|vrij t/m|gesloten",
        automatic=r"automatisch(e)? (antwoord|bericht|reactie|gegenereerd\w*|e-?mail)"
        r"|automatisch (verstuurd|verzonden)",
        relay=r"(bij|voor) (spoed|dringende)|in dringende gevallen"
        r"|neem(t u)? (dan )?contact op"
        r"|tijdens mijn afwezigheid|na mijn (terugkomst|vakantie)|u kunt contact|niet"
        r" doorgestuurd",
        until=r"tot( en met)?|t/m|tm|t\.e\.m\.",
        back=r"(weer )?(terug|aanwezig|bereikbaar)( op( kantoor)?)?|vanaf",
        months="januari jan,februari feb,maart mrt,april apr,mei,juni jun,juli jul,"
        "augustus aug,september sept sep,oktober okt,november nov,december dec",
        weekdays="maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        tomorrow=r"morgen",
    ),
    Language(
        code="sv",
        subjects=r"automatiskt svar|autosvar|frånvaro(meddelande|besked)?"
        r"|ej på kontoret"
        r"|semester|frånvarande|inte på kontoret",
        away=r"(inte|ej) (är )?på kontoret|på semester|semester|frånvarande"
        r"|föräldraledig"
        r"|tjänstledig|på tjänsteresa|inte tillgänglig|är ledig|åter på",
        automatic=r"automatisk(t)? (svar|meddelande|genererat)|autosvar"
        r"|skickats automatiskt",
        relay=r"(vid|i) brådskande|om det är brådskande|kontakta (gärna )?(min|mina)"
        r"|under min (frånvaro|semester)|när jag är tillbaka|vänligen kontakta",
        until=r"till( och med)?|t\.?o\.?m\.?|fram till",
        back=r"(är )?(tillbaka|åter)( på kontoret)?|från och med|fr\.?o\.?m\.?",
        months="januari jan,februari feb,mars,april apr,maj,juni jun,juli jul,augusti"
        " aug,"
        "september sept sep,oktober okt,november nov,december dec",
        weekdays="måndag tisdag onsdag torsdag fredag lördag söndag",
        tomorrow=r"i morgon|imorgon",
    ),
    Language(
        code="da",
        subjects=r"automatisk svar|autosvar|fraværende|ikke på kontoret|ferie|fravær"
        r"|automatisk besked",
        away=r"ikke på kontoret|på ferie|holder ferie|fraværende|på barsel|på orlov"
        r"|på tjenesterejse|er bortrejst|tilbage på kontoret",
        automatic=r"automatisk (svar|besked|genereret)|autosvar",
        relay=r"(ved|i) (hastende|presserende)|hvis det haster|kontakt venligst"
        r"|kontakte? min"
        r"|under mit fravær|når jag er tilbage|når jeg er tilbage|mens jeg er væk",
        until=r"(indtil|til)( og med)?( den)?|t\.?o\.?m\.?",
        back=r"(er )?(tilbage|retur)( på kontoret)?( igen)?( den)?|fra og med",
        months="januar jan,februar feb,marts mar,april apr,maj,juni jun,juli jul,"
        "august aug,september sept sep,oktober okt,november nov,december dec",
        weekdays="mandag tirsdag onsdag torsdag fredag lørdag søndag",
        tomorrow=r"i morgen",
    ),
    Language(
        code="no",
        subjects=r"automatisk svar|fraværsmelding|fravær(ende)?|ikke på kontoret|ferie"
        r"|fraværsassistent",
        away=r"ikke på kontoret|på ferie|har ferie|fraværende|i permisjon|på reise"
        r"|ikke tilgjengelig|er bortreist|tilbake på kontoret",
        automatic=r"automatisk (svar|melding|generert)|autosvar",
        relay=r"(ved|i) (hastesaker|viktige)|hvis det haster|vennligst kontakt"
        r"|kontakt min"
        r"|i mitt fravær|når jeg er tilbake|mens jeg er borte",
        until=r"(frem )?til( og med)?( den)?|t\.?o\.?m\.?",
        back=r"(er )?tilbake( på kontoret)?( igen| igjen)?( den)?|fra og med",
        months="januar jan,februar feb,mars mar,april apr,mai,juni jun,juli jul,"
        "august aug,september sept sep,oktober okt,november nov,desember des",
        weekdays="mandag tirsdag onsdag torsdag fredag lørdag søndag",
        tomorrow=r"i morgen",
    ),
    Language(
        code="fi",
        subjects=r"automaattinen vastaus|poissa( toimistolta)?|poissaolo(ilmoitus"
        r"|viesti)?"
        r"|lomalla|automaattivastaus",
        away=r"poissa (toimistolta|töistä)|lomalla|en ole (toimistolla|paikalla"
        r"|tavoitettavissa)"
        r"|vanhempainvapaalla|sairauslomalla|työmatkalla|olen poissa|palaan (töihin"
        r"|toimistolle)",
        automatic=r"automaattinen (vastaus|viesti|ilmoitus)|automaattivastaus"
        r"|automaattisesti"
        r" luotu",
        relay=r"kiireellisissä (asioissa|tapauksissa)|ota(thän)? yhteyttä"
        r"|poissaoloni aikana"
        r"|palattuani|kun palaan|sijaiseni",
        until=r"\d{1,2}\.?\d{0,2}\.?(\d{2,4})?\s*[-–]",
        until_after=r"(asti|saakka)",
        back=r"palaan( töihin| toimistolle)?|takaisin( töissä)?"
        r"|tavoitettavissa( jälleen)?",
        months="tammikuuta tammikuun tammikuu,helmikuuta helmikuun helmikuu,"
        "maaliskuuta maaliskuun maaliskuu,huhtikuuta huhtikuun huhtikuu,"
        "toukokuuta toukokuun toukokuu,kesäkuuta kesäkuun kesäkuu,"
        "heinäkuuta heinäkuun heinäkuu,elokuuta elokuun elokuu,"
        "syyskuuta syyskuun syyskuu,lokakuuta lokakuun lokakuu,"
        "marraskuuta marraskuun marraskuu,joulukuuta joulukuun joulukuu",
        weekdays="maanantai(na|hin)? tiistai(na|hin)? keskiviikko(na|on)? torstai(na"
        "|hin)?"
        " perjantai(na|hin)? lauantai(na|hin)? sunnuntai(na|hin)?",
        tomorrow=r"huomenna",
    ),
)
