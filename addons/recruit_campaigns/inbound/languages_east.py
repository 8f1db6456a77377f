"""Words of absence in the languages of eastern Europe and Asia."""

from .language import Language

EAST = (
    Language(
        code="pl",
        subjects=r"automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź"
        r"|poza biurem"
        r"|nieobecność|nieobecny|urlop|jestem na urlopie|autoresponder|nieobecna",
        away=r"poza biurem|na urlopie|nieobecn[yai]|nie ma mnie|na zwolnieniu"
        r"|niedostępn[yai]"
        r"|w delegacji|na wakacjach|jestem na|przebywam na|będę nieobecn",
        automatic=r"automatyczn[ae] (odpowiedź|wiadomość)|wygenerowan[ay] automatycznie"
        r"|wysłan[ay] automatycznie",
        relay=r"w pilnych sprawach|w sprawach pilnych|w przypadku pilnych"
        r"|proszę o kontakt"
        r"|podczas mojej nieobecności|po powrocie|po moim powrocie|w razie pilnej"
        r"|ograniczony dostęp|zastępuje mnie",
        until=r"do( dnia)?",
        back=r"wrac(am|ać)|wrócę|powr(ót|acam|ócę)|ponownie|od( dnia)?",
        months="stycznia styczeń sty,lutego luty lut,marca marzec mar,kwietnia kwiecień"
        " kwi,"
        "maja maj,czerwca czerwiec cze,lipca lipiec lip,sierpnia sierpień sie,"
        "września wrzesień wrz,października październik paź,listopada listopad lis,"
        "grudnia grudzień gru",
        weekdays="poniedziałku|poniedziałek wtorku|wtorek środy|środę|środa"
        " czwartku|czwartek piątku|piątek soboty|sobotę niedzieli|niedzielę",
        tomorrow=r"jutra|jutro",
    ),
    Language(
        code="ru",
        subjects=r"автоматический ответ|автоответ(чик)?|вне офиса|нет на месте|отпуск"
        r"|в отпуске|отсутствую|уведомление об отсутствии|автоматическое уведомление",
        away=r"вне офиса|в отпуске|отсутств\w+|не на рабочем месте"
        r"|нет на (рабочем )?месте"
        r"|нет в офисе|в командировке|на больничном|недоступ(ен|на)|в декретном"
        r"|нахожусь в отпуске|буду в офисе",
        automatic=r"автоматическ(ий|ое|и) (ответ|сообщение|уведомление|сформирован\w*"
        r"|сгенерирован\w*|отправлен\w*)|автоответ",
        relay=r"по срочным|в срочных случаях|если (ваш )?вопрос срочный|(прошу "
        r"|просьба )?"
        r"обращ(айтесь|аться)|на время моего отсутствия|после возвращения"
        r"|отвечу .{0,30}возвращ"
        r"|в мое отсутствие|в моё отсутствие|ограничен доступ",
        until=r"по|до",
        back=r"верн(усь|уться)|возвращ(аюсь|ение)|буду (на месте|в офисе"
        r"|доступ\w+)( с)?"
        r"|выхожу|приступлю",
        months="января январь янв,февраля февраль фев,марта март мар,апреля апрель апр,"
        "мая май,июня июнь,июля июль,августа август авг,сентября сентябрь сен,"
        "октября октябрь окт,ноября ноябрь ноя,декабря декабрь дек",
        weekdays="понедельник(а|у)? вторник(а|у)? сред(ы|у|а) четверг(а|у)? пятниц(ы|у"
        "|а)"
        " суббот(ы|у|а) воскресень(я|е)",
        tomorrow=r"завтра",
    ),
    Language(
        code="uk",
        subjects=r"автоматична відповідь|автовідповідь|поза офісом|у відпустці"
        r"|відпустка"
        r"|відсутність",
        away=r"поза офісом|у відпустці|відсутн\w+|на лікарняному|у відрядженні"
        r"|недоступн\w+",
        automatic=r"автоматичн(а|е) (відповідь|повідомлення)|автовідповідь",
        relay=r"з термінових питань|у термінових випадках|звертайтеся|під час моєї"
        r" відсутності|після повернення",
        until=r"до|по",
        back=r"поверн(уся|ення)|буду (на місці|в офісі)( з)?",
        months="січня січень,лютого лютий,березня березень,квітня квітень,травня"
        " травень,"
        "червня червень,липня липень,серпня серпень,вересня вересень,жовтня жовтень,"
        "листопада листопад,грудня грудень",
        weekdays="понеділ(ка|ок) вівтор(ка|ок) серед(и|у) четвер(га)? п'ятниц(і|ю)"
        " субот(и|у) неділ(і|ю)",
        tomorrow=r"завтра",
    ),
    Language(
        code="cs",
        subjects=r"automatická odpověď|mimo kancelář|nepřítomnost|jsem na dovolené"
        r"|automaticka odpoved|dovolená|nepřítomen|automatická odpoveď",
        away=r"mimo kancelář|na dovolené|nepřítom\w+|nejsem v kanceláři|nemocensk"
        r"|na služební"
        r" cestě|mimo kancelárie|na dovolenke|nedostupn",
        automatic=r"automatick(á|y|ou) (odpověď|odpoveď|zpráva|vygenerov\w+"
        r"|generov\w+)",
        relay=r"v (naléhavých|urgentních|nutných) případech|kontaktujte"
        r"|v době mé nepřítomnosti"
        r"|po (mém )?návratu|zastupuje mě",
        until=r"do",
        back=r"vrátím|zpět|návrat|od|opět",
        months="ledna leden,února únor,března březen,dubna duben,května květen,"
        "června červen,července červenec,srpna srpen,září,října říjen,listopadu"
        " listopad,"
        "prosince prosinec",
        weekdays="pondělí úterý středy|středu|středa čtvrtka|čtvrtek pátku|pátek"
        " soboty|sobotu neděle|neděli",
        tomorrow=r"zítra|zítřka",
    ),
    Language(
        code="tr",
        subjects=r"otomatik yanıt|otomatik cevap|ofis dışında|izindeyim|ofis dışı"
        r"|yıllık izin",
        away=r"ofis dışında|izindeyim|izinde olacağım|yıllık izin|tatildeyim"
        r"|ofiste değilim"
        r"|ulaşılamıyorum|şirket dışında|doğum izni|ofiste olmayacağım",
        automatic=r"otomatik (yanıt|cevap|mesaj|olarak)",
        relay=r"acil (durum|konu)|iletişime geç|yokluğumda|döndüğümde|dönüşümde"
        r"|ulaşabilirsiniz",
        until=r"tarihleri arasında",
        until_after=r"('?(a|e|ye|ya|na|ne))? ?(tarihine )?kadar|tarihleri arasında",
        back=r"dönüş(üm)?( tarihi)?:?",
        back_after=r"('?\w{1,4})? ?(tarihinde|günü)? ?(ofiste|döneceğim|dönüyorum|işe)",
        months="ocak,şubat,mart,nisan,mayıs,haziran,temmuz,ağustos,eylül,ekim,kasım,aralık",
        weekdays="pazartesi salı çarşamba perşembe cuma cumartesi pazar",
        tomorrow=r"yarın",
    ),
    Language(
        code="hu",
        subjects=r"automatikus válasz|házon kívül|szabadságon|távollét|szabadság",
        away=r"szabadságon|házon kívül|irodán kívül|távol vagyok|nem vagyok (elérhető"
        r"|az"
        r" irodában)|táppénzen|távollét",
        automatic=r"automatikus (válasz|üzenet)|automatikusan (generált|küldött)",
        relay=r"sürgős (esetben|ügyben)|keresse|forduljon|távollétem|visszatérésem"
        r"|visszatérek",
        until=r"visszatérésig",
        until_after=r"[- ]?(ig|éig|áig)\b",
        back=r"visszatérek|újra|ismét|legközelebb",
        months="január jan,február febr,március márc,április ápr,május máj,június jún,"
        "július júl,augusztus aug,szeptember szept,október okt,november nov,december"
        " dec",
        weekdays="hétfő(n|től)? kedd(en|től)? szerd(a|án|ától) csütörtök(ön|től)?"
        " péntek(en|től)? szombat(on)? vasárnap",
        tomorrow=r"holnap",
    ),
    Language(
        code="ro",
        subjects=r"răspuns automat|raspuns automat|în afara biroului|in afara biroului"
        r"|în concediu|absent",
        away=r"(în|in) concediu|(în|in) afara biroului|nu sunt (la|în) birou"
        r"|absent(ă)?\b"
        r"|indisponibil",
        automatic=r"(răspuns|mesaj) automat|generat automat",
        relay=r"(pentru|în) (urgențe|situații urgente|cazuri urgente)"
        r"|vă rog să contactați"
        r"|în absența mea|la întoarcere",
        until=r"până (la|pe|în)( data de)?|pana la( data de)?",
        back=r"(revin|mă întorc|voi reveni)( la birou)?( pe| în| din)?( data de)?"
        r"|începând cu",
        months="ianuarie ian,februarie feb,martie mar,aprilie apr,mai,iunie iun,iulie"
        " iul,"
        "august aug,septembrie sept,octombrie oct,noiembrie noi,decembrie dec",
        weekdays="luni marți miercuri joi vineri sâmbătă duminică",
        tomorrow=r"mâine",
    ),
    Language(
        code="el",
        subjects=r"αυτόματη απάντηση|εκτός γραφείου|απουσία",
        away=r"εκτός γραφείου|σε άδεια|απουσιάζω|με άδεια|δεν είμαι διαθέσιμ",
        automatic=r"αυτόματ(η|ο) (απάντηση|μήνυμα)",
        relay=r"για επείγοντα|σε επείγουσα|επικοινωνήστε|κατά την απουσία"
        r"|με την επιστροφή",
        until=r"έως( τις| και)?|μέχρι( τις| και)?|ως",
        back=r"επιστρέφω|επιστρέψω|επιστροφή( στις)?|πίσω",
        months="ιανουαρίου ιανουάριος,φεβρουαρίου φεβρουάριος,μαρτίου μάρτιος,"
        "απριλίου απρίλιος,μαΐου μαίου μάιος,ιουνίου ιούνιος,ιουλίου ιούλιος,"
        "αυγούστου αύγουστος,σεπτεμβρίου σεπτέμβριος,οκτωβρίου οκτώβριος,"
        "νοεμβρίου νοέμβριος,δεκεμβρίου δεκέμβριος",
        weekdays="δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
        tomorrow=r"αύριο",
    ),
    Language(
        code="ja",
        subjects=r"自動(応答|返信|返答|送信)(メール|メッセージ)?|不在(通知|のお知らせ"
        r"|連絡|中)?"
        r"|休暇(中|のお知らせ)?|外出中|出張中",
        away=r"不在|休暇|お休み|出張中|外出(中|して)|休業|休んで|離席|育児休業|夏季休暇"
        r"|年末年始",
        automatic=r"自動(的に)?(応答|返信|返答|送信|配信)",
        relay=r"緊急|お急ぎ|至急|までご連絡|にご連絡|代理|戻り次第|出社後|折り返し"
        r"|ご返信が遅れ",
        until=r"[~〜～\-–から]",
        until_after=r"(\([月火水木金土日]\)|（[月火水木金土日]）)?\s*(まで|迄|の間|間)",
        back=r"(出社|復帰|出勤|戻)[^。]{0,6}",
        back_after=r"(\([月火水木金土日]\)|（[月火水木金土日]）)?\s*(より|から"
        r"|に)?(出社|復帰"
        r"|出勤|戻|通常|対応)",
        months="",
        weekdays="月曜 火曜 水曜 木曜 金曜 土曜 日曜",
        tomorrow=r"明日",
    ),
    Language(
        code="zh",
        subjects=r"自动(回复|答复|应答)|自動(回覆|回復|答覆|回應)|外出|休假(中|通知)?"
        r"|不在办公室"
        r"|不在辦公室|外出办公",
        away=r"不在(办公室|辦公室|公司)|休假|度假|外出|出差|请假|請假|年假|无法(及时"
        r"|立即)"
        r"|產假|产假|放假|離開辦公室|离开办公室",
        automatic=r"自动(回复|答复|应答|发送|生成)|自動(回覆|回復|答覆|回應|發送|產生)",
        relay=r"紧急|緊急|如有急事|急事|请联系|請聯絡|請聯繫|请致电|請致電|回来后"
        r"|回來後|返回后"
        r"|返回後|尽快回复|盡快回覆|儘快",
        until=r"至|到|直到|直至",
        until_after=r"\s*(之前|前|为止|為止|期间|期間)",
        back=r"(返回|回到|回来|回來|恢复|恢復|回办公室)[^。]{0,6}",
        back_after=r"\s*(返回|回到|回来|回來|恢复|恢復|回公司|上班|回办公室|回辦公室)",
        months="",
        weekdays="星期一|周一|週一 星期二|周二|週二 星期三|周三|週三 星期四|周四|週四"
        " 星期五|周五|週五 星期六|周六|週六 星期日|周日|週日",
        tomorrow=r"明天",
    ),
    Language(
        code="ko",
        subjects=r"자동 ?(회신|응답|답장)|부재( ?중)?( ?알림)?|휴가( ?중)?|외근|출장",
        away=r"부재|휴가|출장|자리를 비|외근|사무실에 없|휴직|연차",
        automatic=r"자동 ?(회신|응답|답장|발송|으로)",
        relay=r"긴급|급한|연락(해| 주| 바)|대신|복귀 ?(후|하는)|돌아와서",
        until=r"[~〜\-–]",
        until_after=r"(\([월화수목금토일]\))?\s*까지",
        back=r"복귀( ?예정)?( ?일)?:?|출근( ?일)?:?",
        back_after=r"(\([월화수목금토일]\))?\s*(에|부터)?\s*(복귀|출근|돌아|정상)",
        months="",
        weekdays="월요일 화요일 수요일 목요일 금요일 토요일 일요일",
        tomorrow=r"내일",
    ),
    Language(
        code="ar",
        subjects=r"رد تلقائي|الرد التلقائي|خارج المكتب|في إجازة",
        away=r"خارج المكتب|في إجازة|لست في المكتب|غير متواجد|إجازة",
        automatic=r"(رد|رسالة) تلقائي(ة)?|رد آلي",
        relay=r"للحالات (العاجلة|الطارئة)|يرجى (التواصل|الاتصال)|أثناء غيابي|عند عودتي",
        until=r"حتى|إلى|لغاية",
        back=r"(سأعود|العودة|أعود)( في| يوم| بتاريخ)?",
        months="يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر",
        weekdays="الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        tomorrow=r"غدا|غدًا",
    ),
    Language(
        code="he",
        subjects=r"תשובה אוטומטית|מענה אוטומטי|מחוץ למשרד|לא במשרד|בחופשה",
        away=r"מחוץ למשרד|לא במשרד|בחופשה|בחופש|נעדר(ת)?|לא זמינ(ה)?\b",
        automatic=r"(תשובה|הודעה|מענה) אוטומטי(ת)?",
        relay=r"במקרה דחוף|במקרים דחופים|ניתן לפנות|בהיעדרי|עם שובי|אנא צרו קשר",
        until=r"עד(| ה-?| ל-?)",
        back=r"(אחזור|אשוב|חוזר(ת)?|שובי)( למשרד)?( ב-?| ביום)?",
        months="ינואר,פברואר,מרץ"
        "|מרס,אפריל,מאי,יוני,יולי,אוגוסט,ספטמבר,אוקטובר,נובמבר,דצמבר",
        weekdays="שני שלישי רביעי חמישי שישי שבת ראשון",
        tomorrow=r"מחר",
    ),
)
