"""A svarrapport 1.4 with every element of the standard, each with a word of its own.

Built in the standard's order, so that it is valid; every value is the path of its
element in short, so that a reader can be asked what became of it.
"""

from .messages import KARI, MESSAGE_ID, NAMESPACES, a_number


def an_hcp(word: str) -> str:
    return f"""<HCP><Inst><Name>{word}-inst</Name><Id>{word}-id</Id><TypeId V="HER"/>
<Dept><Type V="F"/><Name>{word}-dept</Name><Id>{word}-dept-id</Id><TypeId V="HER"/>
<AdditionalId><Id>{word}-dept-more</Id><Type V="LAV"/></AdditionalId></Dept>
<Dept><Name>{word}-dept2</Name></Dept>
<HCPerson><Name>{word}-person</Name><Id>{word}-hpr</Id><TypeId V="HPR"/></HCPerson>
<AdditionalId><Id>{word}-more</Id><Type V="ENH"/></AdditionalId></Inst>
<MedSpeciality V="{word}-spec" S="2.16.578.1.12.4.1.1.8451"/>
<Address><Type V="RES"/><TeleAddress V="tel:{word}"/></Address></HCP>"""


def a_coded(name: str, word: str) -> str:
    return f'<{name} V="{word}" S="2.16.578.1.12.4.1.1.8212" DN="{word}-dn"/>'


def an_item(word: str, value: str, inner: str = "") -> str:
    return f"""<ResultItem>{value}<ServType V="N"/>
<RefInterval><Descr>{word}-low</Descr></RefInterval>
<RefInterval><Descr>{word}-high</Descr></RefInterval>
<Investigation>{a_coded("Id", f"{word}-code")}{a_coded("Id", f"{word}-code2")}
{a_coded("Spec", f"{word}-method")}<Comment>{word}-more</Comment></Investigation>
<InvDate V="2026-03-01"/><Comment>{word}-comment</Comment><DevResultInd V="1"/>
<IdResultItem>{word}-item</IdResultItem><RefIdResultItem>{word}-ref</RefIdResultItem>
<StatusInvestigation V="3"/><StatusChangeDate V="2026-03-02"/>
<DescrDate V="2026-03-03"/><CounterSignDate V="2026-03-04"/>
<MedicalValidationDate V="2026-03-05"/>
<RefAnalysedSubject>{word}-specimen</RefAnalysedSubject><Accredited V="false"/>
<RelServProv><Relation V="LAB"/>{an_hcp(f"{word}-done")}</RelServProv>
<DiagComment>{a_coded("Concept", f"{word}-diagnosis")}<Modifier><Name V="LA"/>
{a_coded("Value", f"{word}-side")}</Modifier></DiagComment>
<StructuredInfo>{a_coded("Type", f"{word}-label")}
<TextInfo><Text>{word}-answer</Text></TextInfo>
<IntegerInfo><Integer>4711</Integer></IntegerInfo>
<PhysicalInfo><Quantity V="3.25" U="{word}-cm"/></PhysicalInfo>
<CodedInfo>{a_coded("Code", f"{word}-coded")}</CodedInfo>
<BooleanInfo><Flag V="true"/></BooleanInfo></StructuredInfo>{inner}</ResultItem>"""


VALUES = {
    "text": '<TextResult><Heading V="LR"/><TextResultValue>text-value</TextResultValue>'
    f"{a_coded('TextCode', 'text-code')}<Unit>text-unit</Unit></TextResult>",
    "interval": '<Interval><Low V="1.50" U="low-unit"/><High V="2.50" U="high-unit"/>'
    "</Interval>",
    "date": '<DateResult><DateResultValue V="2026-10-01"/></DateResult>',
    "number": '<NumResult><ArithmeticComp V="LT"/>'
    '<NumResultValue V="0.10" U="num-unit"/></NumResult>',
    "none": "",
}
ITEMS = "".join(an_item(word, value) for word, value in VALUES.items())
DEEP = an_item("outer", "", an_item("middle", "", an_item("inner", VALUES["number"])))

SPECIMEN = f"""<AnalysedSubject><CollectedSample><CollectedDate V="2026-02-28"/>
<CollectorComment>spec-collector</CollectorComment>
{a_coded("CollectorCommentCoded", "spec-brush")}<Logistics>spec-logistics</Logistics>
</CollectedSample><ServType V="N"/><Type>spec-type</Type>
{a_coded("TypeCoded", "spec-coded")}<IdByRequester>spec-requester</IdByRequester>
<PreservMaterial>spec-formalin</PreservMaterial><Comment>spec-comment</Comment>
<AnatomicalOrigin>spec-arm</AnatomicalOrigin><Number>3</Number>
<SampleCollInd V="spec-ind"/>{a_coded("SampleCollProc", "spec-proc")}
<SampleHandling>spec-handling</SampleHandling>
<IdByServProvider>text-specimen</IdByServProvider><Accredited V="true"/>
<AnalysedSubject><Type>spec-derived</Type><IdByServProvider>spec-derived-id
</IdByServProvider></AnalysedSubject>
<Pretreatment><Heading V="FA"/><TextResultValue>spec-fasting</TextResultValue>
</Pretreatment><RelServProv><Relation V="PRT"/>{an_hcp("spec-taker")}</RelServProv>
</AnalysedSubject>"""

REQUISITION = f"""<ServReq><ServType V="N"/><IssueDate V="2026-02-20"/>
<PaymentCat V="req-payer"/><ReqComment>req-comment</ReqComment><MsgDescr V="req-kind"/>
<Id>req-id</Id><RequestedPrioReport V="req-prio"/><ReceiptDate V="2026-02-21"/>
<IdByServProvider>req-lab-id</IdByServProvider>{a_coded("Reservation", "req-reserved")}
<ReasonAsText><Heading V="PROB"/><TextResultValue>req-reason</TextResultValue>
{a_coded("TextCode", "req-purpose")}</ReasonAsText>
<Comment><Heading V="TEL"/><TextResultValue>req-remark</TextResultValue>
{a_coded("TextCode", "req-permission")}</Comment></ServReq>"""

INNER = (
    f"<Patient><Name>inner-name</Name><OffId>{a_number('038151')}</OffId>"
    f'<TypeOffId V="FNR"/>{an_item("nested", "")}</Patient>'
)

PATIENT = f"""<Patient><BasisForHealthServices V="pat-basis"/><Sex V="2"/>
<DateOfBirth V="1973-04-12"/><DateOfDeath V="2026-02-27"/><Name>pat-name</Name>
<IdByServProvider>pat-lab-id</IdByServProvider><IdByRequester>pat-gp-id</IdByRequester>
<OffId>{KARI}</OffId><TypeOffId V="FNR"/><Relation V="pat-relation"/>
<ResponsibleHcp><Relation V="REK"/>{an_hcp("ordered")}</ResponsibleHcp>
<AdmLocation><StartDateTime V="2026-02-22"/><EndDateTime V="2026-02-23"/>
<AdmCat V="pat-contact"/><Location><Type V="1"/><Description>pat-ward</Description>
<SubLocation><Type V="3"/><Place>pat-room</Place></SubLocation>
<Inst><Name>pat-hospital</Name><Dept><Name>pat-unit</Name></Dept></Inst></Location>
</AdmLocation>
<AdditionalId><Id>pat-former</Id><Type V="DNR"/></AdditionalId>
<InfItem><Observation><Description>inf-text</Description><Comment>inf-comment</Comment>
{a_coded("CodedDescr", "inf-code")}</Observation><Type V="SYMP"/>
<StartDateTime V="2026-02-24"/><EndDateTime V="2026-02-25"/></InfItem>
{SPECIMEN}{ITEMS}{DEEP}{INNER}</Patient>"""

MESSAGE = f"""<Message xmlns="{NAMESPACES["1.4"]}"><Type V="SVAR_LAB"/>
<MIGversion>v1.4 2012-02-15</MIGversion><GenDate V="2026-03-06"/>
<MsgId>{MESSAGE_ID}</MsgId><ServReport><ServType V="N"/><IssueDate V="2026-03-07"/>
<ApprDate V="2026-03-08"/><Status V="F"/><MsgDescr V="CLIN"/>
<ServProvId>rep-id</ServProvId><Comment>rep-comment</Comment>
{a_coded("CodedComment", "rep-coded")}<RefDoc><IssueDate V="2026-03-09"/>
<MsgType V="REF"/><Id>doc-id</Id><Description>doc-caption</Description></RefDoc>
{REQUISITION}{PATIENT}<ServProvider><Role V="SPR"/>{an_hcp("sender")}</ServProvider>
<Requester><Role V="REQ"/>{an_hcp("recipient")}</Requester>
<PaymentResponsible><TypeGuarantor>payer</TypeGuarantor>{an_hcp("payer")}
</PaymentResponsible><CopyDest><Role V="COP"/>{an_hcp("copy")}</CopyDest>
<RelServProv><Relation V="AHP"/>{an_hcp("responsible")}</RelServProv></ServReport>
</Message>"""
