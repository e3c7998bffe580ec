"""The signs that somebody's health is written about, in both languages, and what helps as well without saying why."""

from bot.customers.signs import INSTITUTIONS, MY, Kind, Sign
from bot.kit.i18n import N_

_WHY_NOT = N_("likes an appointment early in the day")
_REST = N_("would like some rest for now")
_ROOM = N_("likes a place with room, without stairs")
_CALM = N_("likes it calm, one thing at a time")

_LEAFLET = N_("the leaflet that was asked for")
_LEAFLETS = "leaflets?|brochures?|booklets?|folders?|boekjes?|flyers?"
_SUGAR = """
    diabetes|diabeet|diabeten|diabeticus|diabetica|diabetici|diabetisch|diabetic|diabetics|suikerziekte|suikerpatiënte?
    insuline|insulin
"""

SIGNS = [
    Sign(Kind.HEALTH, _LEAFLET, _SUGAR, after=_LEAFLETS),
    Sign(Kind.HEALTH, _LEAFLET, _SUGAR, before=rf"(?:{_LEAFLETS}) (?:about|on|for|over|voor)"),
    Sign(
        Kind.HEALTH,
        N_("prefers no sugar in the coffee"),
        _SUGAR,
        unless_before=rf"(?:{_LEAFLETS}) (?:about|on|for|over|voor)",
        unless_after=f"{INSTITUTIONS}|{_LEAFLETS}",
    ),
    Sign(
        Kind.HEALTH,
        _WHY_NOT,
        r"""
        \w*kanker|cancer|leuka?emia|leukemie|chemo|chemokuur|chemotherap\w+|tumou?r|uitgezaaid|epilep\w+|asthma\w*|astma
        astmatisch\w*|reuma|reumatisch\w*|rheumatism|arthritis|artrose|copd|hiv|hernia|migraine\w*|hartinfarct|hartaanval
        hartpatiënte?|hartklachten|hartproblemen|herseninfarct|hersenbloeding|beroerte|crohn|psoriasis|eczeem|eczema
        nierpatiënte?|dialyse|dialysis|pacemaker|stoma|miskraam|miscarriage|ivf|chronisch-ziek|covid(?:-19)?|fibromyalgie
        fibromyalgia|endometriose|endometriosis|trombose|thrombosis|maagzweer|hartritmestoornis\w*
        """,
        unless_before=r"""
        star sign is|zodiac sign is|sign is|onderzoek naar|research into
        (?:sinds|na|voor|tijdens|vanwege|since|after|before|during|because of) (?:de |the )?
        """,
        unless_after=INSTITUTIONS + "|bestrijding|tijd|times?|periode|period|regels|rules|years?|jaren",
    ),
    Sign(
        Kind.HEALTH,
        _WHY_NOT,
        "corona",
        before=r"(?:heeft|had|kreeg|krijgt|has|got|caught|having)(?: \w+)?|(?:ziek|ill) (?:door|van|met|from|with)",
        unless_after=r"(?:bier|biertjes?|beers?|spaarpot|bottles?|flesjes?)",
    ),
    Sign(
        Kind.HEALTH,
        _WHY_NOT,
        "menopause|overgang",
        before="(?:in|door|through)(?: de| the)?",
        after=r"\W*$|[.,;!?]|en|and",
    ),
    Sign(Kind.HEALTH, _WHY_NOT, "ms", before="(?-i:[Hh]eeft|[Hh]as)", after=r"\W*$|[.,;!?]"),
    Sign(
        Kind.HEALTH,
        _WHY_NOT,
        "fysio|fysiotherapeut|physio|physiotherapist|cardioloog|cardiologist|oncoloog|oncologist|neuroloog|neurologist",
        before=rf"(?:loopt|gaat|moet|onder behandeling|sees|seeing|visits|goes|has to go)(?: bij| naar| to)?(?: {MY})?",
    ),
    Sign(Kind.HEALTH, _WHY_NOT, "heart", after="attack|condition|disease|problems?|failure|surgery|patient"),
    Sign(
        Kind.HEALTH, _WHY_NOT, "stroke", before=r"(?:had|has had|after|suffered)(?: an?)?(?: \w+)?", unless_after="of"
    ),
    Sign(Kind.HEALTH, _WHY_NOT, "bloeddruk|pressure", before="hoge|lage|high blood|low blood|blood"),
    Sign(Kind.HEALTH, _WHY_NOT, "parkinson|ms|als", before="de ziekte van|heeft parkinson,?|lijdt aan"),
    Sign(Kind.HEALTH, _WHY_NOT, "parkinson['’]s|parkinson", before="heeft|has|with|met|got"),
    Sign(
        Kind.HEALTH,
        _WHY_NOT,
        "medicatie|medicijn|medicijnen|medication|medicines|pillen|pills",
        before=r"""
        slikt|gebruikt|krijgt|neemt|on|takes|taking|uses|(?:vanwege|door) (?:de|haar|zijn)|because of (?:her|his)
        """,
    ),
    Sign(
        Kind.HEALTH,
        N_("eats no nuts"),
        r"(?!anti|hypo)\w*-?allerg(?:isch|ische|ie|ieën|ic|y|ies)|coeliakie|coeliac|celiac",
        unless_after=r"""
        (?:voor|to|van) (?:al |het |all |the |de )?(?:poespas|fratsen
        lange|late|te late|slechte|loze|mooie|marketing|sales|verkoop\w*
        small|long|slow|empty|bad|spam|reclame\w*|bureaucra\w+|wacht\w*|waiting|queues|formulieren|forms|gezeur|praatjes
        smoes\w*|excuses|jargon|vage|vague|meetings|telefoontjes|cold|onzin|nonsense|drukte|gedoe)
        """,
    ),
    Sign(Kind.HEALTH, N_("eats no nuts"), "lactose|gluten", after=r"intoleran\w+"),
    Sign(
        Kind.HEALTH,
        _REST,
        "ziek|sick|ill|onwel|overspannen",
        before=r"""
        is|was|al|ernstig|chronisch|langdurig|vaak|erg|seriously|chronically|often|very|been|fell|werd|wordt|became|zwaar
        is (?:nu |weer |erg |al \w+ |still )
        """,
        unless_after="van|of|and tired|building",
    ),
    Sign(
        Kind.HEALTH,
        _REST,
        r"burn-?out|ziekteverlof|ziektewet|ziekbed|illness|ziekenhuisopname|geopereerd|hospitali[sz]ed|griep",
    ),
    Sign(Kind.HEALTH, _REST, "sick", after="leave"),
    Sign(
        Kind.HEALTH,
        _REST,
        "ziekenhuis|hospital|rehab|afkickkliniek",
        before=rf"""
        (?:ligt|lag|is|was|zit|zat|been|stays|opgenomen|verblijft)(?: nu| weer| even| back| still)? in(?: {MY})?
        (?:net |just |back )?(?:uit|from|out of)(?: {MY})
        """,
        unless_after="werkzaam|aan het werk|business|sector|world",
    ),
    Sign(Kind.HEALTH, _REST, r"(?:heup|knie|rug|hart|oog|staar|maag|voet)operaties?"),
    Sign(
        Kind.HEALTH,
        _REST,
        "operatie",
        before=rf"(?:heeft|had|krijgt|kreeg|na|herstelt van|wacht op|ondergaat|onderging) {MY}(?: zware| kleine)?",
    ),
    Sign(Kind.HEALTH, _REST, "surgery", before="having|had|after|needs|awaits|awaiting|knee|hip|heart|back|eye"),
    Sign(Kind.HEALTH, _REST, "operated", before="was|is|been|being", after="on"),
    Sign(
        Kind.HEALTH,
        _REST,
        "replacement",
        before="hip|knee|shoulder|heart valve",
    ),
    Sign(
        Kind.HEALTH,
        _REST,
        "heup|knie",
        before="(?:krijgt|kreeg|heeft|wacht op)(?: een)?(?: nieuwe| kunst)",
    ),
    Sign(
        Kind.HEALTH,
        _REST,
        "brak|breekt|gebroken|broke|broken",
        after=rf"(?:{MY} )?(?:been|arm|heup|enkel|pols|voet|knie|leg|hip|ankle|wrist|foot)",
    ),
    Sign(
        Kind.HEALTH,
        N_("rather has a message than a call"),
        r"slechthorend\w*|doof|deaf|gehoorapparaat|hoortoestel\w*",
        unless_after="voor|to",
    ),
    Sign(Kind.HEALTH, N_("rather has a message than a call"), "hard|hearing", after="of hearing|aids?|impaired"),
    Sign(Kind.HEALTH, N_("likes large print"), r"slechtziend\w*|glaucoo?ma?|maculadegeneratie"),
    Sign(Kind.HEALTH, N_("likes large print"), "visually", after="impaired"),
    Sign(
        Kind.HEALTH,
        N_("likes large print"),
        "blind",
        before="is|bijna|almost|nearly|legally|partially|half|wordt|werd|goes|went|going|helemaal",
        unless_after="date|tasting|voor|to|vertrouwen|faith|spot|in|gevaren",
    ),
    Sign(
        Kind.HEALTH,
        _ROOM,
        r"rolstoel\w*|wheelchair\w*|rollator|gehandicapt\w*|invalide|verlamd|paralysed|paralyzed|crutches",
    ),
    Sign(
        Kind.HEALTH,
        _ROOM,
        "rug|knieën|knie|heup|back|knees|hip",
        before="last van (?:zijn|haar|de)|has (?:a |two )?bad",
    ),
    Sign(Kind.HEALTH, _ROOM, "lopen|walk", before="(?:kan|can)(?: niet|not|'t|’t)(?: goed| meer| well| so)?"),
    Sign(Kind.HEALTH, _ROOM, "krukken", before="loopt op|loopt met|nog op|nu op"),
    Sign(Kind.HEALTH, _ROOM, "slecht|loopt", after="ter been|(?:heel |erg )?moeilijk"),
    Sign(
        Kind.HEALTH,
        _ROOM,
        "handicap|beperking|disability|disabled",
        before=r"lichamelijke|verstandelijke|physical|registered|heeft een|has a|(?:she|he|who|husband|wife) is",
        unless_after=r"(?:van |of )?\d+|op (?:zijn|haar)|bij golf|at golf|in (?:zijn|haar) (?:tijd|budget)",
    ),
    Sign(
        Kind.HEALTH,
        N_("likes to sit down while waiting"),
        r"zwanger|zwangere|hoogzwanger|zwangerschap\w*|pregnant|pregnancy",
        unless_before="niet",
    ),
    Sign(
        Kind.HEALTH,
        N_("likes to sit down while waiting"),
        "verwachting",
        before="is in|zijn in",
        unless_after="van|dat",
    ),
    Sign(
        Kind.HEALTH, N_("likes to sit down while waiting"), "expecting", before="is|are", after="a baby|twins|a child"
    ),
    Sign(
        Kind.HEALTH,
        _CALM,
        r"""
        depressie|depressief|depressieve|depressed|depression|antidepressiva|antidepressants|autis(?:me|t|tisch\w*|m|tic)
        asperger|adhd|add|dyslect\w+|dyslexi\w+|borderline|bipolair|bipolar|schizofre\w+|schizophren\w+|anorexia|boulimia|bulimia|ptss|ptsd|dementie|dement
        dementerend\w*|dementia|alzheimer(?:['’]s)?|suicidaal|suicidal|zelfmoordpoging|angststoornis
        """,
        unless_before="great",
        unless_after=INSTITUTIONS + "|on|up",
    ),
    Sign(
        Kind.HEALTH,
        _CALM,
        r"psycholoog|psychiater|therapeut|psychologist|psychiatrist|therapist",
        before=rf"(?:loopt|gaat|onder behandeling|sees|seeing|visits|goes|bezoekt)(?: bij| naar| to)?(?: {MY})?",
    ),
    Sign(Kind.HEALTH, _CALM, "therapie|therapy", before="in|volgt|zit in"),
    Sign(
        Kind.HEALTH,
        N_("drinks no alcohol"),
        r"alcoholiste?|(?:ex-)?verslaafde|(?:drugs|gok|drank|alcohol)versla(?:afd\w*|ving)",
    ),
    Sign(
        Kind.HEALTH,
        N_("drinks no alcohol"),
        "alcoholic",
        before="an|recovering|was an",
        unless_after="drinks?|beverages?",
    ),
    Sign(
        Kind.HEALTH,
        N_("drinks no alcohol"),
        "verslaafd|addicted|addict|aa",
        before="is|was|a recovering|zit bij de|goes to|gaat naar de",
        after=r"geweest|\W*$|[.,;!?]",
    ),
    Sign(
        Kind.HEALTH,
        N_("drinks no alcohol"),
        "veel|much",
        before="drinkt te|drinks too|drinks far too",
        unless_after="koffie|thee|cola|water|fris|melk|coffee|tea|water|milk|of",
    ),
    Sign(
        Kind.HEALTH,
        N_("drinks no alcohol"),
        "verslaafd|addicted",
        after="(?:aan|to) (?:alcohol|drank|drink|drugs|gokken|gambling|medicijnen|pillen|pills|painkillers|wiet|coke)",
    ),
]
