import type { Texts } from './words';

/** What respondents' pages say around a questionnaire, in Welsh. */
export const welsh: Texts = {
  skip: 'Neidio i’r prif gynnwys',
  error: 'Gwall',
  problem: 'Mae problem',
  information: 'Gwybodaeth',
  important: 'Pwysig',
  language: 'Iaith',
  footer: 'Dolenni cymorth',
  privacy: 'Preifatrwydd',
  accessibility: 'Datganiad hygyrchedd',
  cookies: 'Cwcis',
  back: 'Yn ôl',
  continue: 'Parhau',
  or: 'neu',
  and: '%first a hefyd %last',

  demonstration: 'Arddangosiad',
  demonstrationText:
    'Gallwch roi cynnig ar yr arolwg hwn. Mae’r atebion yn cael eu cymysgu ag atebion ffug, ac nid ydynt yn cael eu defnyddio at unrhyw ddiben.',
  trialRun: 'Rhediad prawf',
  trialRunText:
    'Rhediad prawf o arolwg yw hwn. Atebion prawf yw eich atebion: fe’u cedwir ar wahân ac ni chânt eu cyfrif byth.',
  takesMinutes: 'Mae’n cymryd tua %minutes munud',
  closesOn: 'Mae’n cau ar %day',
  closesOnAt: 'Mae’n cau ar %day am %time, amser Llundain',
  anonymous: 'Mae eich atebion yn ddienw',
  confidential: 'Mae eich atebion yn gyfrinachol',
  smallGroups: 'Ni chaiff grwpiau o lai na %threshold o bobl eu dangos byth yn yr adroddiad.',
  findMe: 'A all unrhyw un ddod o hyd i mi?',
  noOne: 'Na all neb – na’ch rheolwr, na ninnau.',
  noName:
    'Nid ydym yn gofyn am eich enw. Rydym yn cadw’r diwrnod y gwnaethoch ateb, ond nid yr union amser, na chyfeiriad eich dyfais, na dim sy’n cysylltu eich atebion â chi.',
  noRemoval:
    'Am yr un rheswm, ni allwn ddod o hyd i’ch atebion eto i’w newid neu eu dileu ar ôl i chi eu hanfon.',
  linkMe: 'Pwy all gysylltu’r atebion hyn â mi?',
  onlyAnalysts:
    'Dim ond y bobl sy’n dadansoddi’r arolwg hwn. Ni all eich rheolwr na’r bobl sy’n darllen yr adroddiad wneud hynny.',
  referenceLater:
    'Ar ôl i chi anfon eich atebion, byddwch yn cael cyfeirnod. Gallwch ei ddefnyddio i ofyn i’ch atebion gael eu dileu.',
  privacyLink: 'Preifatrwydd: yr hyn rydym yn ei wneud â gwybodaeth amdanoch',
  begun: 'Rydych wedi dechrau ateb ar y ddyfais hon.',
  carryOn: 'Mynd ymlaen',
  start: 'Dechrau nawr',
  yourDevice: 'Eich dyfais',
  ownDevice: 'Fy ffôn, fy llechen neu fy nghyfrifiadur fy hun yw hwn',
  ownDeviceHint:
    'Yna gallwch ddod yn ôl at eich atebion arno, a chânt eu cadw pan fydd y signal yn diflannu. Gadewch hwn yn wag ar gyfrifiadur a rennir: bydd yn eich anghofio ar ôl %minutes munud.',
  takingPart: 'Cymryd rhan',
  tickToTakePart: 'Ticiwch y blwch i ddweud eich bod yn cymryd rhan',

  pageOf: 'Tudalen %place o %pages',
  levels: 'Beth yw ystyr y lefelau?',
  chooseOne: 'Dewiswch un',
  day: 'Diwrnod',
  month: 'Mis',
  year: 'Blwyddyn',
  dateHint: 'Er enghraifft, 27 3 2026',
  mostCharacters: 'Gallwch roi hyd at %count o nodau',
  oneCharacterLeft: 'Mae gennych 1 nod ar ôl',
  charactersLeft: 'Mae gennych %count o nodau ar ôl',
  noCharacterLeft: 'Nid oes gennych unrhyw nodau ar ôl',
  oneCharacterOver: 'Mae gennych 1 nod yn ormod',
  charactersOver: 'Mae gennych %count o nodau yn ormod',

  checkTitle: 'Gwirio eich atebion',
  notAnswered: 'Heb ei ateb',
  change: 'Newid',
  sendHeading: 'Anfon eich atebion',
  sendWarning: 'Ni allwch eu newid ar ôl i chi eu hanfon.',
  submit: 'Anfon yr atebion',

  submittedTitle: 'Mae eich atebion wedi’u hanfon',
  nothingLinks: 'Nid oes dim yn cysylltu’r atebion hyn â chi. Nid oes cyfeirnod i’w gadw.',
  keepReference: 'Cadwch y cyfeirnod hwn. Bydd ei angen arnoch os ydych am i’ch atebion gael eu dileu.',
  yourReference: 'Eich cyfeirnod',
  closePage: 'Gallwch gau’r dudalen hon.',
  sharedComputer: 'A yw hwn yn gyfrifiadur a rennir?',
  letOthers: 'Gadael i rywun arall ateb',
  answeredTitle: 'Rydych eisoes wedi ateb yr arolwg hwn',
  answeredOnce:
    'Cafodd eich atebion eu cadw unwaith, ac unwaith yn unig. Nid oes angen i chi wneud dim arall.',
  answeredShared:
    'A yw hwn yn gyfrifiadur a rennir, ac ai rhywun arall ydych chi? Os felly, dechreuwch eich atebion eich hun.',
  startMine: 'Dechrau fy atebion fy hun',

  closedTitle: 'Mae’r arolwg hwn wedi cau',
  closedText: 'Caeodd ar %day. Diolch i chi am fod eisiau cymryd rhan.',
  linkClosedTitle: 'Mae’r ddolen hon wedi cau',
  linkClosedText:
    'Ni all neb ddechrau gyda hi mwyach. Efallai bod gan bwy bynnag a’i rhoddodd i chi un arall.',
  linkFullText: 'Mae digon o bobl wedi ateb gyda hi. Diolch i chi am fod eisiau cymryd rhan.',
  filledIn: 'Mae’r ddolen a ddaeth â chi yma yn ateb un cwestiwn drosoch: “%answer”. Gallwch ei newid',
  linkCounted: 'Rydym yn cyfrif faint o bobl sy’n dod drwy’r ddolen a ddefnyddioch, nid pwy ydynt',
  enoughTitle: 'Diolch i chi am fod eisiau cymryd rhan',
  enoughText:
    'Mae digon o bobl a atebodd “%answer” wedi cymryd rhan eisoes, felly nid oes angen i chi fynd ymlaen.',
  enoughDropped: 'Mae’r hyn a roesoch wedi’i ddileu. Ni chedwir dim ohono.',
  enoughInvited:
    'Felly nid oes dim yn dweud wrthym eich bod wedi bod yma: os daw nodyn atgoffa, nid oes angen i chi wneud dim.',
  notOpenTitle: 'Nid yw’r arolwg hwn ar agor eto',
  notOpenText: 'Mae’n agor ar %day.',
  notOpenUntil: 'Mae’n agor ar %day am %time, amser Llundain.',
  notOpenUnsettled: 'Mae’n dal i gael ei baratoi. Rhowch gynnig ar yr un ddolen eto yn nes ymlaen.',
  draftLostTitle: 'Nid ydym yn gwybod pa atebion yw eich rhai chi',
  draftLostText:
    'Nid yw’r cwci a oedd yn dweud hynny wrthym yn y porwr hwn mwyach. Os gwnaethoch gadw eich atebion, ewch ymlaen gyda’ch cod. Fel arall, gwnewch yn siŵr bod y porwr yn derbyn cwcis, yna dechreuwch eto.',

  answerThis: 'Atebwch y cwestiwn hwn: %question',
  notAsked:
    'Roedd y ffurflen yn cynnwys rhywbeth nad yw’r dudalen hon yn gofyn amdano. Gwiriwch eich atebion a pharhewch eto.',
  oneOnly: 'Dewiswch un ateb yn unig',
  oneOfThese: 'Dewiswch un o’r atebion a ddangosir',
  fromThese: 'Dewiswch o’r atebion a ddangosir',
  eitherOr: 'Dewiswch naill ai "%answer" neu’r atebion eraill, nid y ddau',
  oneTextOnly: 'Rhowch un testun yn unig',
  lettersOnly: 'Rhowch lythrennau, digidau ac atalnodau yn unig',
  textTooLong: 'Ni chaiff eich testun fod yn hirach na %count o nodau',
  oneNumberOnly: 'Rhowch un rhif yn unig',
  numberBetween: 'Rhowch rif o %min i %max',
  wholeFrom: 'Rhowch rif cyfan sy’n %min neu fwy',
  numberFrom: 'Rhowch rif sy’n %min neu fwy',
  wholeUpTo: 'Rhowch rif cyfan sy’n %max neu lai',
  numberUpTo: 'Rhowch rif sy’n %max neu lai',
  wholeInDigits: 'Rhowch rif cyfan mewn digidau',
  numberInDigits: 'Rhowch rif mewn digidau',
  wholeNumber: 'Rhowch rif cyfan',
  oneDecimalPlace: 'Rhowch rif ag 1 lle degol ar y mwyaf',
  decimalPlaces: 'Rhowch rif â %count le degol ar y mwyaf',
  realDate: 'Rhaid i’r dyddiad fod yn ddyddiad go iawn',
  dateWithout: 'Rhaid i’r dyddiad gynnwys %parts',
  aDay: 'diwrnod',
  aMonth: 'mis',
  aYear: 'blwyddyn',
  yearOfFour: 'Rhaid i’r flwyddyn gynnwys 4 rhif',
  dateBetween: 'Rhaid i’r dyddiad fod rhwng %min a %max',
  dateUpTo: 'Rhaid i’r dyddiad fod ar neu cyn %max',
  dateFrom: 'Rhaid i’r dyddiad fod ar neu ar ôl %min',
  positionOfThese: 'Dewiswch o’r safleoedd a ddangosir, un ar gyfer pob un',
  positionTwice: 'Dim ond unwaith y gellir rhoi safle %position, nid i %things',
  positionMissing: 'Dewiswch safle ar gyfer %things hefyd',
  positionMissingOrNone:
    'Dewiswch safle ar gyfer %things hefyd, neu peidiwch â dewis safle ar gyfer dim yn y rhestr',
  more: '%count arall',

  whoWhy: 'Pwy sy’n gofyn a pham',
  askedBy: '%controller sy’n gofyn i chi, ac sy’n penderfynu at ba ddiben y caiff eich atebion eu defnyddio.',
  askedBySender:
    'Y sefydliad a anfonodd y ddolen i’r arolwg hwn atoch sy’n gofyn i chi, ac sy’n penderfynu at ba ddiben y caiff eich atebion eu defnyddio.',
  whatHappens: 'Beth sy’n digwydd i’m hatebion',
  counted:
    'Caiff eich atebion eu cyfrif ynghyd â rhai pobl eraill. Mae’r cyfrifon yn mynd i adroddiad ar gyfer grŵp cynghori arbenigol yr arolwg hwn, sy’n dweud pa hyfforddiant sydd ei angen.',
  ownWords:
    'Caiff yr hyn rydych yn ei ysgrifennu yn eich geiriau eich hun ei ddarllen gan y bobl sy’n dadansoddi’r arolwg. Peidiwch â chynnwys enwau, na dim a allai ddangos pwy ydych chi neu bobl eraill.',
  cannotAct: 'Nid oes neb yn ei ddarllen ar unwaith, ac ni all neb weithredu arno.',
  whereToTurn:
    'Os gallai rhywun ddod i niwed, dywedwch wrth eich arweinydd diogelu neu’ch rheolwr heddiw. Mewn argyfwng, ffoniwch 999.',
  beforeSending:
    'Hyd nes i chi eu hanfon, dim ond allwedd sydd gennych chi sy’n dangos pa atebion yw eich rhai chi. Ar ôl eu hanfon, nid oes dim yn arwain o’r allwedd atynt.',
  linkUntil: 'Gallant wneud hynny cyhyd ag y caiff yr atebion eu cadw.',
  yourChoice:
    'Eich dewis chi yw cymryd rhan. Gallwch roi’r gorau iddi unrhyw bryd cyn i chi anfon eich atebion.',
  lawfulBasis: 'Pam rydym yn cael defnyddio eich atebion',
  publicTask:
    'Mae cynllunio hyfforddiant pobl sy’n darparu gofal er budd y cyhoedd, ac yn rhan o’r hyn y mae’r gyfraith yn gofyn i ni ei wneud. Mae cyfraith diogelu data yn galw hyn yn dasg gyhoeddus (GDPR y DU, Erthygl 6(1)(e)).',
  legitimateInterests:
    'Mae gennym reswm da dros gynllunio hyfforddiant pobl sy’n darparu gofal, ac nid yw’n drech na’ch hawliau. Mae cyfraith diogelu data yn galw hyn yn fuddiannau dilys (GDPR y DU, Erthygl 6(1)(f)).',
  howLong: 'Am ba hyd y caiff atebion eu cadw',
  deletedBy: 'Caiff yr atebion eu dileu erbyn %day.',
  figuresStay: 'Mae ffigurau am grwpiau o bobl yn aros yn yr adroddiad.',
  whatIsKept: 'Yr hyn rydym yn ei gadw',
  keptWithReference:
    'Rydym yn cadw eich atebion a’r diwrnod y gwnaethoch eu hanfon. Nid ydym yn cadw’r union amser na chyfeiriad eich dyfais. Dim ond mewn ffurf na ellir ei throi’n ôl y caiff eich cyfeirnod ei gadw.',
  whoToAsk: 'Pwy i’w holi, sut i gwyno',
  askThem: 'Os oes gennych gwestiwn am yr arolwg neu am eich atebion, gofynnwch i %contact.',
  complainThere:
    'Os ydych yn anhapus â’r ffordd y caiff gwybodaeth amdanoch ei defnyddio, cwynwch wrthynt hwy.',
  complainTo:
    'Os ydych yn anhapus â’r ffordd y caiff gwybodaeth amdanoch ei defnyddio, cwynwch wrth %contact.',
  regulator:
    'Gallwch hefyd gwyno wrth Swyddfa’r Comisiynydd Gwybodaeth, sy’n amddiffyn hawliau pobl i wybodaeth amdanynt.',
  byEmail: 'E-bost',
  byTelephone: 'Ffôn',
  yourRights: 'Eich hawliau',
  rightsAnonymous:
    'Hyd nes i chi anfon eich atebion gallwch eu newid neu adael. Ar ôl hynny ni all neb ddweud pa rai yw eich rhai chi, felly ni all neb eu dangos i chi, eu cywiro na’u dileu.',
  rightsConfidential:
    'Gallwch ofyn am gopi o’ch atebion, gofyn iddynt gael eu cywiro neu eu dileu, a gwrthwynebu eu defnyddio. Rhowch y cyfeirnod o’ch derbynneb: hebddo ni allwn ddod o hyd iddynt.',
  noticeTitle: 'Hysbysiad preifatrwydd',
  noticeVersion: 'Fersiwn %number, mewn grym o %day.',
  noticeMore: 'Mwy am yr arolwg hwn',
  toSurvey: 'Mynd i’r arolwg',

  takesMinute: 'Mae’n cymryd tua munud',
  closesToday: 'Mae’n cau heddiw am %time, amser Llundain',
  closesTonight: 'Mae’n cau heddiw am hanner nos, amser Llundain',
  closedReport:
    'Mae’r atebion bellach yn cael eu cyfrif. Caiff y canlyniadau eu dangos i grŵp cynghori arbenigol yr arolwg; ni chaiff grwpiau o lai na %threshold o bobl eu dangos.',
  closedTrial: 'Rhediad prawf ydoedd: atebion prawf yw ei atebion, ac ni chânt eu cyfrif byth.',
  closedSent: 'Gwnaethoch anfon eich atebion mewn pryd, ac maent yn cyfrif.',
  closedUnsent:
    'Ni chafodd yr atebion y gwnaethoch eu dechrau ar y ddyfais hon eu hanfon erbyn hynny, felly nid ydynt yn cyfrif.',
  notOpenLater: 'Defnyddiwch yr un ddolen eto o hynny ymlaen.',
  seeReceipt: 'Gweld eich derbynneb eto',
  draftLostSent: 'Mae’r hyn rydych wedi’i anfon o’r blaen yn ddiogel.',
  startAgain: 'Dechrau eto',
  pageMissingTitle: 'Heb ddod o hyd i’r dudalen',
  pageMissingText: 'Gwiriwch y cyfeiriad, neu ewch yn ôl a rhowch gynnig arall arni.',
  oldFormTitle: 'Ni ellir anfon y ffurflen hon mwyach',
  oldFormText:
    'Ewch yn ôl, ail-lwythwch y dudalen ac anfonwch y ffurflen eto. Os bydd hyn yn digwydd eto, gwnewch yn siŵr bod eich porwr yn derbyn cwcis.',
  tooLargeTitle: 'Mae’r hyn a anfonwyd gennych yn rhy fawr',
  tooLargeText: 'Byrhewch yr hyn rydych wedi’i deipio, yna anfonwch ef eto.',
  unreadableTitle: 'Nid oedd modd i ni ddarllen yr hyn a anfonwyd',
  unreadableText: 'Ewch yn ôl, ail-lwythwch y dudalen a rhowch gynnig arall arni.',
  troubleTitle: 'Mae’n ddrwg gennym, mae problem gyda’r gwasanaeth',
  troubleText: 'Rhowch gynnig arall arni yn nes ymlaen. Mae’r hyn rydych eisoes wedi’i anfon wedi’i gadw.',

  saveForLater: 'Cadw a dod yn ôl yn nes ymlaen',
  forgetMe: 'Fy anghofio ar y ddyfais hon',
  continueSaved: 'Parhau ag arolwg a gadwyd',
  answeredElsewhere: 'Os aethoch ymlaen â’r atebion hyn ar ddyfais arall, fe’u hanfonwyd oddi yno.',
  saveWhat:
    'Byddwch yn cael cod, dolen bersonol a chod QR. Gydag unrhyw un ohonynt gallwch fynd ymlaen â’ch atebion yn nes ymlaen, ar y ddyfais hon neu ar un arall, fel eich ffôn. Nid oes angen cyfrif arnoch.',
  saveUntil: 'Gallwch ddod yn ôl nes bod yr arolwg yn cau ar %day.',
  saveKept:
    'Caiff eich atebion eu cadw bob tro y byddwch yn pwyso Parhau. Os ydych wedi ateb unrhyw beth ers hynny, ewch yn ôl a phwyswch Parhau yn gyntaf.',
  saveButton: 'Cael fy nghod a’m dolen',
  savedTitle: 'Mae eich atebion wedi’u cadw',
  savedShownOnce:
    'Gallwch ddod yn ôl atynt nes bod yr arolwg yn cau ar %day. Ysgrifennwch y cod, argraffwch y dudalen hon, neu sganiwch y cod QR â’ch ffôn: ni allwn eu dangos eto.',
  returnCode: 'Eich cod',
  returnCodeWhere: 'Rhowch ef yn %address',
  goOnOnPhone: 'Mynd ymlaen ar eich ffôn',
  scanThis: 'Pwyntiwch gamera eich ffôn at y llun hwn. Mae’n cynnwys eich dolen bersonol.',
  qrOfLink: 'Cod QR â’ch dolen bersonol',
  returnLink: 'Eich dolen bersonol',
  returnSecret:
    'Cadwch y cod a’r ddolen i chi’ch hun: gall pwy bynnag sydd ag un ohonynt weld eich atebion a mynd ymlaen â nhw. Ar gyfrifiadur a rennir, rhowch y cod yn hytrach na’r ddolen, oherwydd mae porwr yn cofio dolenni.',
  returnAnonymous:
    'Mae’r arolwg yn parhau’n ddienw. Hyd nes i chi anfon eich atebion, mae’r cod a’r ddolen yn perthyn i’r atebion anorffenedig hyn. Pan fyddwch yn eu hanfon, caiff y cod a’r ddolen eu dileu, ac nid oes dim yn arwain at eich atebion mwyach.',
  returnConfidential: 'Pan fyddwch yn anfon eich atebion, caiff y cod a’r ddolen eu dileu.',
  returnNewest:
    'Os byddwch yn cadw eto, byddwch yn cael cod a dolen newydd. Mae’r rhai o’r %count tro diwethaf i chi gadw yn gweithio.',
  leaveHere: 'Gadael y cyfrifiadur hwn a rennir?',
  leaveHereText:
    'Os gadewch nawr, bydd y porwr hwn yn anghofio eich atebion. Dim ond eich cod a’ch dolen fydd yn eu hagor wedyn.',
  leaveNow: 'Gadael nawr',
  goOnHere: 'Mynd ymlaen â’r arolwg nawr',
  returnCodeHint:
    '10 o lythrennau a digidau, er enghraifft K7QMX-2XPA9. Nid oes gwahaniaeth a ydych yn teipio priflythrennau, bylchau neu gysylltnodau.',
  enterReturnCode: 'Rhowch eich cod',
  returnCodeShape: 'Rhaid i’ch cod fod yn 10 o lythrennau a digidau, fel K7QMX-2XPA9',
  returnCodeUnknown:
    'Nid yw’r cod hwn yn agor unrhyw atebion. Gwiriwch ef fesul llythyren. Daw cod i ben pan gaiff ei atebion eu hanfon.',
  tooManyCodes:
    'Mae gormod o godau anghywir wedi’u rhoi. Arhoswch %minutes munud, yna rhowch gynnig arall arni. Mae dolen bersonol neu ei chod QR yn gweithio yn y cyfamser.',
  returnLost:
    'Bydd eich dolen bersonol neu ei chod QR yn dod â chi yn ôl hefyd. Heb eich cod neu’ch dolen ni all neb ddweud pa atebion yw eich rhai chi, dim hyd yn oed ni.',
  startOfSurvey: 'Mynd i ddechrau’r arolwg',
  keyTitle: 'Mynd ymlaen â’ch atebion',
  keyText: 'Dyma atebion rydych wedi’u cadw. Nid oes dim yn newid nes i chi fynd ymlaen.',
  keyNotYours:
    'Os nad chi a’u cadwodd, dechreuwch eich atebion eich hun yn lle hynny: gallai’r sawl a roddodd y ddolen neu’r cod i chi weld yr hyn rydych yn ei ateb yma.',
  whichAnswers: 'Â pha atebion yr hoffech fynd ymlaen?',
  otherAnswers:
    'Mae gan y porwr hwn atebion anorffenedig eraill i’r arolwg hwn. Os byddwch yn agor y rhai a gadwyd yma, bydd yn anghofio’r lleill. Er mwyn gallu dod yn ôl at y rheini hefyd, cadwch nhw yn gyntaf.',
  openSaved: 'Agor yr atebion a gadwyd',
  keepOthers: 'Aros gyda’r atebion yn y porwr hwn',
  saveOthers: 'Cadw’r atebion yn y porwr hwn yn gyntaf',
  keyUnknownTitle: 'Nid yw’r ddolen hon yn agor unrhyw atebion',
  keyUnknownText:
    'Gwiriwch fod y ddolen gyfan gennych. Daw dolen i ben pan gaiff ei hatebion eu hanfon, neu pan fydd dolenni diweddarach wedi cymryd ei lle.',
  enterCodeInstead: 'Rhoi cod yn lle hynny',
  leaveText:
    'Ni fydd y porwr hwn yn gwybod wedyn pa atebion yw eich rhai chi. Byddwn yn eu cadw, a gallwch fynd ymlaen gyda’ch cod neu’ch dolen bersonol.',
  leaveUnsaved:
    'Os nad oes gennych yr un ohonynt eto, cadwch yn gyntaf: fel arall ni allai neb ddweud pa atebion yw eich rhai chi mwyach.',
  leftTitle: 'Mae’r porwr hwn wedi eich anghofio',
  idleTitle: 'Rydym wedi clirio’r sgrin hon',
  idleText:
    'Nid oedd neb wedi defnyddio’r cyfrifiadur hwn a rennir ers tro, felly mae wedi anghofio atebion pwy yr oedd yn eu dangos.',
  leftText:
    'Os gwnaethoch gadw eich atebion, gallwch fynd ymlaen gyda’ch cod neu’ch dolen bersonol. Os na wnaethoch, ni all neb ddweud pa rai yw eich rhai chi mwyach, a gallwch ddechrau eto.',
  tooManySaves: 'Rydych wedi cadw’n aml iawn yn ystod y funud ddiwethaf. Arhoswch funud, yna cadwch eto.',
  tooManyStarts: 'Mae llawer iawn o bobl yn dechrau ar yr eiliad hon. Arhoswch funud, yna dechreuwch eto.',
  tooManyPages:
    'Daeth tudalennau’n gyflymach nag y gallwn eu cadw. Arhoswch funud, yna pwyswch Parhau eto. Mae’r hyn a roesoch yn dal yma.',

  profileSee: 'Gweld lle rydych chi’n sefyll',
  profileSeeText:
    'Mae eich proffil eich hun yn barod: sut mae eich lefelau’n cymharu â’r hyn sydd ei angen ar eich gwaith, a hyfforddiant a fyddai’n helpu. Gallwch ei weld yn y porwr hwn am y %minutes munud nesaf.',
  profileTitle: 'Lle rydych chi’n sefyll',
  profileOwnAnswers: 'Caiff y proffil hwn ei lunio o’ch atebion chi eich hun, ac nid o atebion neb arall.',
  profileRole: 'Caiff eich lefelau eu cymharu â’r lefelau y cytunwyd arnynt ar gyfer: %role.',
  profileAnyRole: 'Caiff eich lefelau eu cymharu â’r lefelau y cytunwyd arnynt ar gyfer pawb a holwyd.',
  profileOwnNeeds: 'Caiff eich lefelau eu cymharu â’r lefelau y dywedoch fod eu hangen ar eich gwaith.',
  profileNoNeeds:
    'Nid oes neb wedi cytuno pa lefelau sydd eu hangen ar eich rôl, felly nid oes dim i gymharu eich lefelau ag ef.',
  profileOwnView:
    'Dyma’r lefelau a roesoch i chi eich hun. Eich barn chi am eich sgiliau ydyn nhw: nid oes neb wedi’u profi na’u harsylwi.',
  profileNotKeptAnonymous:
    'Ni chaiff y dudalen hon ei chadw. Mae eich atebion yn ddienw, felly ni allwn ddod o hyd iddynt eto i’w llunio yr eildro.',
  profileNotKeptConfidential:
    'Ni chaiff y dudalen hon ei chadw. Rydym yn cadw eich atebion yn gyfrinachol, ond nid y dudalen hon, ac ni all neb arall ei hagor.',
  profileGoes:
    'Caiff ei llunio o gwci dan glo yn y porwr hwn, sy’n mynd pan fyddwch yn pwyso Gorffen, neu %minutes munud ar ôl i chi anfon eich atebion. Argraffwch y dudalen neu lawrlwythwch hi nawr os ydych am ei chadw.',
  profileAreas: 'Fesul maes',
  profileArea: 'Maes',
  profileReported: 'Eich lefel chi',
  profileNeeded: 'Y lefel sydd ei hangen ar eich rôl',
  profileNeededOwn: 'Y lefel y dywedoch fod ei hangen ar eich gwaith',
  profileCompares: 'Sut maen nhw’n cymharu',
  profileMeans:
    'Y ffigurau y tu ôl i’r llun: cyfartaleddau ar y raddfa o %min i %max, o’r sgiliau lle gellir cymharu eich lefel',
  profileAll: 'Ar y lefel neu’n uwch ym mhob un o’r %count sgìl',
  profileSome: 'Ar y lefel neu’n uwch mewn %part o’r %count sgìl',
  profileNone: 'Yn is na’r lefel ym mhob un o’r %count sgìl',
  profileAt: 'Ar y lefel',
  profileOneAbove: 'Un lefel yn uwch',
  profileAbove: '%count lefel yn uwch',
  profileOneBelow: 'Un lefel yn is',
  profileBelow: '%count lefel yn is',
  profileLevels: 'Eich lefel chi: %reported. Y lefel sydd ei hangen: %required.',
  profileYourLevel: 'Eich lefel chi: %reported.',
  profileStrengths: 'Eich cryfderau',
  profileStrengthsText: 'Yn y sgiliau hyn rydych ar y lefel sydd ei hangen ar eich gwaith, neu’n uwch na hi.',
  profileNotCompared: 'Ni roesoch unrhyw lefel y gellir ei chymharu â’r lefel sydd ei hangen ar eich gwaith.',
  profileNoTraining: 'Heb lefel i’w chymharu ni allwn ddweud pa hyfforddiant fyddai’n helpu.',
  profileNoStrengths: 'Nid oes yr un o’ch lefelau wedi cyrraedd y lefel sydd ei hangen ar eich gwaith eto.',
  profileAboveHeading: 'Yn uwch na’r lefel',
  profileAtHeading: 'Ar y lefel',
  profileTraining: 'Lle byddai hyfforddiant yn helpu fwyaf',
  profileTrainingText: 'Daw’r bylchau mwyaf yn gyntaf, pob un gyda’r hyfforddiant sy’n gweddu orau iddo.',
  profileNoGaps: 'Nid oes yr un o’ch lefelau yn is na’r lefel sydd ei hangen ar eich gwaith.',
  profileNothingNeeded: 'Heb lefelau y cytunwyd arnynt, ni allwn ddweud lle byddai hyfforddiant yn helpu.',
  profileNoOffers:
    'Nid ydym yn gwybod am unrhyw hyfforddiant ar gyfer hyn eto. Efallai y bydd eich rheolwr, neu bwy bynnag sy’n gyfrifol am hyfforddiant, yn gwybod mwy.',
  profileOthers: 'Pob sgìl arall (%count)',
  profileOtherGaps: 'Hefyd yn is na’r lefel',
  profileNoLevelSet: 'Nid oes lefel wedi’i gosod ar gyfer eich rôl',
  profileNotMyRole: 'Ddim yn rhan o’ch rôl',
  profileDontKnow: 'Nid oeddech yn gwybod',
  profileSkipped: 'Ni roesoch ateb',
  modeInPerson: 'Wyneb yn wyneb',
  modeOnlineLive: 'Ar-lein, yn fyw',
  modeOnlineSelfPaced: 'Ar-lein, yn eich amser eich hun',
  modeBlended: 'Yn rhannol ar-lein, yn rhannol wyneb yn wyneb',
  modeOnTheJob: 'Wrth y gwaith',
  offerOneHour: '1 awr',
  offerHours: '%count awr',
  offerFree: 'am ddim',
  offerPaid: 'mae cost iddo',
  offerPlanned: 'ar y gweill, heb ddechrau eto',
  offerPartOfTheWay: 'Rhan o’r ffordd: nid yw’n cyrraedd y lefel sydd ei hangen.',
  profilePrint: 'Argraffu’r dudalen hon',
  profileDownload: 'Lawrlwytho fel PDF',
  profileFinishHeading: 'Pan fyddwch wedi gorffen',
  profileFinishText: 'Mae Gorffen yn tynnu eich proffil o’r porwr hwn.',
  profileFinish: 'Gorffen',
  profileFinishedTitle: 'Nid yw eich proffil yn y porwr hwn mwyach',
  profileFinishedText: 'Diolch i chi am gymryd rhan.',
  profileGoneTitle: 'Ni ellir dangos eich proffil mwyach',
  profileGoneText:
    'Dim ond yn syth ar ôl anfon yr atebion y gellir gweld proffil: am %minutes munud, yn yr un porwr, a hyd nes y pwysir Gorffen.',
  profileGoneWhy:
    'Nid ydym yn ei gadw, fel na all neb arall ei weld byth. Nid oes dim o’i le ar eich atebion.',
  profileNothingTitle: 'Nid oes proffil ar gyfer yr arolwg hwn',
  profileNothingText: 'Mae proffil yn cymharu lefelau sgiliau, ac nid yw’r arolwg hwn yn holi amdanynt.',
  profileMadeOn: 'Lluniwyd ar %day',
  profileReflections: 'Fy myfyrdodau',
  profileReflectionsText:
    'Lle ar gyfer eich nodiadau eich hun, er enghraifft ar gyfer arfarniad neu ailddilysu: yr hyn rwy’n ei wneud yn dda, yr hyn rwyf am ei ddysgu, ac erbyn pryd.',

  saving: 'Yn cadw',
  saved: 'Wedi’i gadw',
  savedAt: 'Wedi’i gadw am %time',
  notSavedYet: 'Heb ei gadw eto. Byddwn yn dal i geisio.',
  notSavedHere: 'Ni allwn gadw hwn wrth i chi ateb. Pwyswch Parhau i weld pam.',
  noSignalOwn:
    'Dim signal. Mae eich atebion yn cael eu cadw ar y ddyfais hon a byddant yn cael eu hanfon pan ddaw’r signal yn ôl.',
  noSignalShared:
    'Dim signal. Cadwch y dudalen hon ar agor: bydd yr hyn sydd arni yn cael ei anfon pan ddaw’r signal yn ôl.',
  sendUntil: 'Gellir anfon eich atebion tan %time ar %day.',
  waitingTitle: 'Mae eich atebion yn aros i gael eu hanfon',
  waitingKept: 'Nid oes signal. Mae eich atebion yn gyflawn, ac maent yn cael eu cadw ar y ddyfais hon.',
  waitingSend:
    'Byddant yn cael eu hanfon pan ddaw’r signal yn ôl tra bod y dudalen hon ar agor. Os byddwch yn ei chau, agorwch eich dolen eto ar y ddyfais hon.',
  sendNow: 'Ceisio anfon nawr',
  forgottenTitle: 'Mae’r ddyfais hon wedi anghofio eich atebion',
  forgottenText: 'Nid oes signal. Gall rhywun arall ddechrau pan ddaw’n ôl.',
  stillThereTitle: 'Ydych chi yno o hyd?',
  stillThereText:
    'Efallai mai cyfrifiadur a rennir yw hwn. Os nad oes neb yn ei ddefnyddio, bydd yn eich anghofio ar ôl %minutes munud, fel na all y person nesaf weld eich atebion.',
  stay: 'Aros',
  posterScan: 'Sganiwch hwn â chamera eich ffôn',
  posterOpen: 'neu agorwch %address',
  posterCode: 'neu rhowch y cod %code yn %address',

  personalLink:
    'Rydych wedi dod drwy eich dolen bersonol. Nes i chi anfon eich atebion maent yn perthyn i’r ddolen honno: bydd pwy bynnag sy’n ei hagor yn parhau â nhw, ar unrhyw ddyfais. Peidiwch â’i rhannu.',
  personalAnonymous:
    'Ar ôl i chi eu hanfon, bydd y system yn nodi eich bod wedi ateb, fel na fydd yn eich atgoffa. Nid yw’n dweud wrth neb, ac nid oes dim yn arwain oddi wrthych chi na’ch dolen at eich atebion.',
  personalConfidential:
    'Ar ôl i chi eu hanfon, gall y bobl sy’n cynnal yr arolwg weld eich bod wedi ateb, ac ni chewch eich atgoffa eto.',
  beforeSendingPersonal:
    'Nes i chi eu hanfon, mae eich atebion yn cael eu cadw gyda’ch dolen bersonol, er mwyn i chi allu parhau â nhw. Ar ôl eu hanfon, nid oes dim yn arwain oddi wrthych chi na’r ddolen atynt.',
  yourInvitation: 'Eich gwahoddiad',
  onTheList:
    'Mae eich cyfeiriad e-bost, a’ch enw os cafodd ei roi, ar restr o bobl i’w gwahodd. Y bobl sy’n cynnal yr arolwg, neu’r rhai sy’n ei gydlynu yn eich sefydliad, a’i lluniodd. Defnyddir y rhestr i ysgrifennu atoch am yr arolwg hwn ac am ddim byd arall.',
  offTheList: 'Mae dolen ym mhob neges e-bost y gallwch atal y negeseuon â hi.',
  begunPersonal: 'Rydych wedi dechrau ateb.',
  invitationUnknownTitle: 'Ni allwn ddod o hyd i’r gwahoddiad hwn',
  invitationUnknownText:
    'Gwiriwch fod gennych y ddolen gyfan: mae rhai rhaglenni e-bost yn torri dolenni hir yn ddwy. Mae dolenni’n dod i ben beth amser ar ôl i arolwg gau.',
  invitationUnknownAsk: 'Os nad yw’n gweithio o hyd, gofynnwch i’r person a’i hanfonodd atoch.',
  invitationUnknownCode: 'Rhowch god eich arolwg',
  withdrawnTitle: 'Tynnwyd y gwahoddiad hwn yn ôl',
  withdrawnText:
    'Mae’r bobl sy’n cynnal yr arolwg wedi’i dynnu’n ôl. Gofynnwch iddyn nhw os ydych yn meddwl bod hyn yn gamgymeriad.',
  otherPersonal:
    'Mae’r porwr hwn yn cadw atebion eraill anorffenedig i’r arolwg hwn. Os byddwch yn parhau â’ch dolen bersonol yma, bydd yn anghofio’r lleill. Er mwyn gallu dychwelyd at y rheini hefyd, cadwch nhw yn gyntaf.',
  openPersonal: 'Parhau â’m dolen bersonol',
  unsubscribeTitle: 'Atal negeseuon e-bost am arolygon',
  unsubscribeText:
    'Pan fyddwch yn pwyso’r botwm, bydd %organisation yn rhoi’r gorau i anfon negeseuon e-bost atoch am ei arolygon.',
  unsubscribeSafe:
    'Bydd yr atebion rydych wedi’u rhoi yn aros fel y maent, a bydd y dolenni sydd gennych yn dal i weithio.',
  unsubscribeKept:
    'Er mwyn gwybod at bwy i beidio ag ysgrifennu, cedwir eich cyfeiriad ar ffurf na ellir ei throi’n ôl yn gyfeiriad.',
  unsubscribeButton: 'Atal y negeseuon hyn',
  unsubscribedTitle: 'Ni chewch ragor o negeseuon e-bost am arolygon',
  unsubscribedText:
    'Nid yw %organisation yn ysgrifennu atoch am ei arolygon mwyach. Gall neges sydd ar ei ffordd gyrraedd o hyd.',
  writeAgainText: 'Os nad oeddech yn bwriadu eu hatal, gallwch eu cael eto.',
  writeAgainButton: 'Ysgrifennwch ataf eto',
  writtenAgainTitle: 'Efallai y cewch negeseuon e-bost am arolygon eto',
  writtenAgainText: 'Gall %organisation ysgrifennu atoch am ei arolygon eto.',
  unsubscribeUnknownTitle: 'Ni allwn ddarllen y ddolen hon',
  unsubscribeUnknownText:
    'Gwiriwch fod gennych y ddolen gyfan: mae rhai rhaglenni e-bost yn torri dolenni hir yn ddwy. Neu atebwch y neges a dweud nad ydych am gael rhagor.',
  theOrganisation: 'y sefydliad a ysgrifennodd atoch',
};
