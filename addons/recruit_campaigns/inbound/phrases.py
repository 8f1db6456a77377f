"""The words by which mail servers report, in the languages that they do it in."""

import re


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words))


# Subjects, folded (text.folded).
BOUNCE_SUBJECTS = _any(
    r"undeliver(ed|able)|non[- ]?delivery|nondeliver(y|able)|not (be )?deliver(ed|able)"
    r"|un ?deliverable|undelivery",
    r"(mail|message|delivery|email|e-mail|transmission|sending)s?"
    r"( delivery| system| has| is)?"
    r" (failed|failure|fails|error|problem|rejected|returned|aborted|blocked|refused)",
    r"(failed|failure|error|problem)( of)? (delivery|notice|mail|message|notification)",
    r"failure (notice|delivery|report)|failed delivery|delivery (report|notification)",
    r"delivery status (notification|report)|status notification|delivery has failed",
    r"returned (mail|message|to sender)|returning (message|mail|to sender)|bounced?\b",
    r"(message|mail) you sent (was )?(blocked|not)|could not be delivered"
    r"|couldn't be deliver",
    r"(error|problem) (sending|delivering)|mail system error|postmaster notify",
    r"considered unsolicited|banned (file|content)|blocked (by|for)|spam (found"
    r"|detected)",
    r"delay(ed)? (mail|message|delivery)|(mail|message|delivery) .{0,40}delay(ed)?"
    r"|warning: (message|could not send)|still being retried",
    r"user unknown|unknown (user|recipient|address)|mailbox (full|unavailable)",
    r"unable to (deliver|send)|(cannot|can't|could not) (be )?(deliver|sent?\b)"
    r"|transaction failed|^ndn:|^rejected:|rejected mail|address not found"
    r"|(message|delivery) expired|over quota|quota exceeded"
    r"|virus(es)? (was )?(found|detected|in your)",
    r"übermittlungsstatus|zustellungsstatus|état de remise|non[- ]livraison"
    r"|estado de (la )?entrega|stato del recapito|status de entrega|состоянии доставки"
    r"|status notifikasi pengiriman|stan dostarczenia|leveringsstatus"
    r"|配信状態|传递状态",
    r"unzustellbar|nicht zugestellt|zustell(ung|fehler).{0,40}(fehl|nicht|problem)?"
    r"|unzustellbarkeit|zustellungsbericht",
    r"non remis|non distribu|échec (de (la )?)?(remise|distribution|livraison|envoi)"
    r"|retour de courrier|impossible de (remettre|distribuer)|non[- ]délivr",
    r"no (se )?(ha podido )?(entreg|enviar)|no entregad[oa]|devuelto|devolución"
    r"|error (en|de) (la )?entrega|fallo (de|en) (la )?entrega",
    r"non recapitabile|mancat[ao] (recapito|consegna)|impossibile (consegnare"
    r"|recapitare)"
    r"|non (è stato )?(recapitat|consegnat)|messaggio respinto",
    r"não (foi )?entreg|falha (na|de) entrega|devolvid[ao]|não pôde ser entregue",
    r"onbestelbaar|niet (worden )?(afgeleverd|bezorgd)|onbezorgbaar|retour afzender",
    r"недоставлен|не (было |может быть |удалось )?доставл|ошибка (при )?доставк"
    r"|возвращ(ено|ённое|енное)|невозможно доставить|сбой доставки|не доставлено",
    r"niedostarczon|nie (można|udało się) dostarczyć|zwrot wiadomości|błąd dostarcz"
    r"|nedoručen|nelze doručit|kézbesíthetetlen|olevererbar|kan ikke leveres"
    r"|ikke levert"
    r"|inte levereras|kunde inte leverera|olevererat|teslim edilem|iletilem"
    r"|toimitta(minen|a)? .{0,20}epäonnistu|perillepääsemätön",
    r"配信(不能|エラー|でき|失敗)|送信(エラー|できま|不能|失敗)|メール.{0,12}(届|エラー"
    r"|返送|戻)"
    r"|不達|宛先不明|エラーメール|配送(不能|エラー)",
    r"退信|退回|无法(投递|送达|递送)|無法(投遞|送達|傳遞)|系统退信|投递失败|发送失败"
    r"|未送达"
    r"|傳送失敗|반송|배달(할 수| 실패)|전송 실패|발송 실패",
)

# Texts, folded, what stands above the returned message.
BOUNCE_TEXTS = _any(
    r"(could|can|was|were|has|have|did|is|are|will)( ?n[o']t|not| not)( yet)?( been"
    r"| be)?"
    r"( \w+)? ?(successfully )?(deliver|reach|sent|accept|relay|process|receiv)",
    r"unable to (deliver|send|relay|process|route)|undeliverable|undelivered"
    r"|not delivered",
    r"(delivery|transmission|sending).{0,60}(fail|unsuccess|abort|error|reject"
    r"|problem)",
    r"(fail|error|problem)\w* .{0,40}(deliver|send|recipient)"
    r"|permanent (fatal )?(error|failure)",
    r"(address|recipient|user|account|mailbox)e?s?\b.{0,40}(fail|reject|unknown"
    r"|not exist"
    r"|unavailable|invalid|does not|not listed|not recognized|not found)",
    r"(unknown|no such|invalid) (user|recipient|mailbox|address|local|host)",
    r"returned (message|mail|to sender|undelivered)|has been (rejected|returned"
    r"|blocked)"
    r"|(message|mail|e-mail|email) (was|is|were|has been)"
    r" (rejected|blocked|refused|returned)",
    r"(host|server|command|response|said|answer)\w*\b.{0,80}\b[45]\d\d[ -]",
    r"^\W*[45]\d\d[ -]|\b[45]\d\d[ -#]#?[45]\.\d{1,3}\.\d"
    r"|\b[45]\d\d[ -#].{0,60}(user|mailbox|recipient)",
    r"no such person|have been abandoned|hop count|rcpt to:.{0,80}\b5\d\d"
    r"|invalid .{0,20}(user|delivery)|following domain .{0,20}blocked|not a gateway"
    r"|boîte .{0,40}pleine|(mailbox|postfach) .{0,40}voll\b|casella .{0,40}piena"
    r"|buzón .{0,40}lleno|caixa .{0,40}cheia|ящик .{0,40}переполнен",
    r"transcript of session|delivery problems|mailbox .{0,30}(is )?full"
    r"|over (its )?quota"
    r"|delivery .{0,40}delayed|has been delayed|mail system error|did not like our"
    r"|address(ed)? does not|status: ?[45]\.\d|x-notes|action: (failed|delayed)",
    r"nicht (zugestellt|zugesandt|erreicht|übermittelt)|konnte nicht|unzustellbar",
    r"n'a pas pu être|n'ont pas pu|impossible de (remettre|distribuer|livrer)"
    r"|pas été (remis|distribu)",
    r"no (se )?(pudo|ha podido|ha sido) .{0,20}(entreg|enviad)|no (fue"
    r"|ha) .{0,10}entreg",
    r"(impossibile|non).{0,30}(consegn|recapit)|não (pôde|foi|pode).{0,20}entreg",
    r"kon(den)? niet .{0,20}(bezorg|aflever)|niet .{0,20}(afgeleverd|bezorgd)",
    r"не (может|могло|удалось|было).{0,40}достав|недоставлен|не доставлено",
    r"nie (mógł|mogła|można|udało się|została?).{0,40}dostarcz|nedoručen|nelze doručit",
    r"(送信|配信|配送|送付)(でき|不能|エラー|に失敗)|届け(られ|ること)|届きません"
    r"|一杯のため"
    r"|存在しない|見つかりません|エラーのため|配信できません",
    r"无法(投递|送达|递送)|無法|退信|投递失败|未能(送达|投递)|不存在"
    r"|배달(하지|할 수|되지)|전송하지",
)

# List managers that refuse a message.
LIST_SUBJECTS = _any(
    r"loop alert|reject(ed)? mail|ignored message|not member article|unix from loop"
    r"|(your message to .{1,60} (awaits|was rejected|rejected))|fml (status|error)"
)

DELAY = _any(
    r"\bdelay(ed)?\b|still being retried|will (be retried|keep trying|continue to)"
    r"|warning: (message|could not send|not delivered)|warning message only"
    r"|not yet been"
    r"|deferred|verzöger|retard[ée]|retraso|retrasad|ritardo|ritardat|atrasad|vertraag"
    r"|задерж|отлож|opóźni|遅延|遅れ|延迟|延遲|지연"
)

DELIVERED = _any(
    r"(?<!not )(?<!not be )\b(delivered|relayed|successful(ly)?|success)\b"
    r"|(?<!nicht )zugestellt:|(?<!non )remis :|(?<!no )entregado:|(?<!non )consegnato:"
    r"|(?<!niet )bezorgd:|(?<!не )доставлено:|配信完了|(?<!未)送达:"
)

# Where the message begins that is returned without MIME.
ORIGINAL_BEGINS = re.compile(
    r"""(?imx)
    ^[ \t]*-{2,}[ ]*(this\ is\ a\ copy|original|returned|below|the\ header|the\ body
        |forwarded|unsent|included|copy\ of|message\ (header|text)|start\ of|body\ of
        ).*$
    | ^[ \t]*(below\ (this\ line\ )?is\ (a\ copy|the\ original|the)
        |included\ is\ a\ copy
        |(the\ )?original\ (message|mail)|message\ headers?\ follow|your\ original
        |copy\ of\ (your|the)\ (original\ )?message|the\ following\ is\ (a|the)
        |a\ copy\ of\ the\ original|received\ message\ follows|unsent\ message
        |for\ your\ reference|message\ contents\ follow|header\ of\ the\ original)
    | ^[ \t]*(received|return-path|message-id|mime-version):[ ]
    """
)
