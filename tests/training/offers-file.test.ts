import fc from 'fast-check';
import { readCsv } from '../../src/platform/csv-table';
import {
  fieldsThatDiffer,
  nameKey,
  type OfferDetails,
  offerKinds,
  offerModes,
  offerStatuses,
  type TaughtOffer,
} from '../../src/training/offer';
import { offersFile, readOffers } from '../../src/training/offers-file';
import { planImport } from '../../src/training/offers-import';
import { termsByCode } from '../../src/vocabularies/vocabulary';

const term = (vocabulary: string, code: string, label: string) => ({ vocabulary, code, label, tier: null });
const terms = {
  professions: termsByCode([
    term('profession', 'rn_adult', 'Registered nurse - adult'),
    term('profession', 'midwife', 'Midwife'),
  ]),
  regions: termsByCode([term('region', 'Y56', 'London'), term('region', 'Y58', 'South West')]),
};
const competencies = [
  { lineageId: '00000000-0000-4000-8000-00000000000a', code: 'A1' },
  { lineageId: '00000000-0000-4000-8000-00000000000b', code: 'title' },
  { lineageId: '00000000-0000-4000-8000-00000000000c', code: '1.2' },
];
const codes = new Map(competencies.map(({ lineageId, code }) => [lineageId, code]));
const scale = new Set([1, 2, 3, 4]);
const id = '00000000-0000-4000-8000-000000000001';

const details: OfferDetails = {
  title: 'Listening well',
  provider: 'North College',
  kind: 'course',
  mode: 'in person',
  status: 'existing',
  hours: 7.5,
  cost: 1200.5,
  places: 40,
  url: 'https://example.org/listening',
  professions: ['midwife', 'rn_adult'],
  regions: ['Y56'],
};

function taught(change: Partial<TaughtOffer> = {}): TaughtOffer {
  const levels = new Map([[competencies[0]!.lineageId, 2]]);
  return { ...details, id, projectId: id, revision: 1, archived: false, levels, ...change };
}

function read(text: string) {
  const { rows, findings } = readCsv(Buffer.from(text));
  expect(findings).toEqual([]);
  return readOffers(rows, competencies, terms);
}

const head = 'title,provider,kind,mode,status';

test('a file has one row for each offer, its own columns first, then a column for each competency', () => {
  expect(offersFile([taught()], competencies)).toBe(
    [
      '\uFEFFoffer,title,provider,kind,hours,mode,cost,places,url,status,professions,regions,A1,title,1.2',
      `${id},Listening well,North College,course,7.5,in person,1200.5,40,https://example.org/listening,existing,midwife;rn_adult,Y56,2,,`,
      '',
    ].join('\r\n'),
  );
});

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) => text.replace(/[\s\p{Cc}\p{Surrogate}]+/gu, ' ').trim())
  .filter((text) => text !== '');
const hostile = fc.constantFrom('=1+1', "'=1", "''+2", '-cmd', '@SUM(A1)', 'a;b', 'a,"b"', "'tis");
const line = fc.oneof(words, hostile);
const anyOffer: fc.Arbitrary<TaughtOffer> = fc
  .record({
    id: fc.uuid({ version: 4 }),
    title: line,
    provider: line,
    kind: fc.constantFrom(...offerKinds),
    mode: fc.constantFrom(...offerModes),
    status: fc.constantFrom(...offerStatuses),
    hours: fc.option(fc.integer({ min: 0, max: 1_000_000 }).map((hundredths) => hundredths / 100)),
    cost: fc.option(fc.integer({ min: 0, max: 100_000_000 }).map((pence) => pence / 100)),
    places: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
    url: fc.constantFrom('', 'https://example.org/a?b=c;d', 'http://example.org'),
    professions: fc.subarray([...terms.professions.keys()]),
    regions: fc.subarray([...terms.regions.keys()]),
    levels: fc.dictionary(
      fc.constantFrom(...competencies.map(({ lineageId }) => lineageId)),
      fc.integer({ min: 1, max: 4 }),
    ),
  })
  .map(({ levels, ...offer }) => taught({ ...offer, levels: new Map(Object.entries(levels)) }));
const anyOffers = fc.uniqueArray(anyOffer, { selector: ({ id }) => id, maxLength: 6 });

test('what was exported changes nothing when it is imported, and is exported the same again', () => {
  fc.assert(
    fc.property(anyOffers, (offers) => {
      const file = offersFile(offers, competencies);
      const reading = read(file);
      expect(reading.findings).toEqual([]);
      const plan = planImport(reading, offers, scale, codes);
      expect(plan.findings).toEqual([]);
      for (const { existing, state, levels } of plan.offers) {
        expect(levels).toEqual([]);
        expect(fieldsThatDiffer(existing!, state)).toEqual([]);
      }
      const again = plan.offers.map(({ existing, state }) => ({ ...existing!, ...state }));
      expect(offersFile(again, competencies)).toBe(file);
    }),
  );
});

test('an export is taken whole where none of its offers is known', () => {
  const named = fc.uniqueArray(anyOffer, { selector: nameKey, maxLength: 6 });
  fc.assert(
    fc.property(named, (offers) => {
      const plan = planImport(read(offersFile(offers, competencies)), [], scale, codes);
      expect(plan.findings).toEqual([]);
      const copies = plan.offers.map(({ state, levels }, index): TaughtOffer => {
        const taughtLevels = levels.map(({ competency, after }) => [competency, after!] as const);
        return { ...taught(), ...state, id: offers[index]!.id, levels: new Map(taughtLevels) };
      });
      expect(offersFile(copies, competencies)).toBe(offersFile(offers, competencies));
    }),
  );
});

test('a file made by hand: other order and case, labels for codes, semicolons, pounds, nothing for not known', () => {
  const { offers, findings } = read(
    'Provider;TITLE;Kind;Mode;Status;Cost;Professions;a1;1.2\nNorth College; Listening   well ;E-Learning;Online live;Planned;"£1,200.50";"Midwife; rn_adult";3;0\n',
  );
  expect(findings).toEqual([]);
  expect(offers).toEqual([
    {
      row: 2,
      id: null,
      details: {
        title: 'Listening well',
        provider: 'North College',
        kind: 'e-learning',
        mode: 'online live',
        status: 'planned',
        cost: 1200.5,
        professions: ['midwife', 'rn_adult'],
      },
      levels: { [competencies[0]!.lineageId]: 3 },
    },
  ]);
});

test.each([
  ['', 'The file is empty.'],
  ['name,who\nA,B\n', 'It needs “title” and “provider”, or “offer”.'],
  [`${head},Z9\nA,B,course,blended,planned,1\n`, '“Z9” is neither a column of an offer nor the code'],
  [`${head},A1,a1\nA,B,course,blended,planned,1,2\n`, 'The column “a1” is there twice.'],
  [`${head}\n,B,course,blended,planned\n`, 'Enter the title of the training.'],
  [
    `${head}\nA,B,lecture,blended,planned\n`,
    'Enter one of these: pre-registration, workplace, course, e-learning.',
  ],
  [`${head}\nA,B,course,by post,planned\n`, 'Enter one of these: in person, online live'],
  [`${head}\nA,B,course,blended,perhaps\n`, 'Enter one of these: existing, planned.'],
  [`${head},hours\nA,B,course,blended,planned,long\n`, 'Enter the duration as hours from 0 to 10,000'],
  [`${head},cost\nA,B,course,blended,planned,-5\n`, 'Enter the cost in pounds from 0 to 1,000,000'],
  [`${head},cost\nA,B,course,blended,planned,1000000.01\n`, 'Enter the cost in pounds from 0 to 1,000,000'],
  [`${head},places\nA,B,course,blended,planned,1.5\n`, 'Enter the places as a whole number'],
  [`${head},url\nA,B,course,blended,planned,javascript:alert(1)\n`, 'begins with https:// or http://'],
  [`${head},professions\nA,B,course,blended,planned,wizard\n`, 'Select each profession from the list.'],
  [`${head},A1\nA,B,course,blended,planned,high\n`, 'Enter the level as a whole number'],
  [`offer,${head}\nx,A,B,course,blended,planned\n`, 'This is not the id of an offer.'],
])('what is wrong in %j is said', (text, sentence) => {
  const { rows } = readCsv(Buffer.from(text || ' '));
  const { findings } = readOffers(rows, competencies, terms);
  expect(findings.map((finding) => `${finding.place}: ${finding.sentence}`).join('\n')).toContain(sentence);
  expect(findings.every(({ severity }) => severity === 'error')).toBe(true);
});

test('a file of more offers than a project can have is refused before it is read', () => {
  const rows = Array.from({ length: 2001 }, (_, index) => `Offer ${index},B,course,blended,planned`);
  expect(read([head, ...rows].join('\n'))).toEqual({
    competencies: [],
    offers: [],
    findings: [{ place: '', sentence: 'A file can hold 2,000 offers at most. Split it.', severity: 'error' }],
  });
});

describe('what an import would do', () => {
  const plan = (text: string, offers: TaughtOffer[]) => planImport(read(text), offers, scale, codes);
  const row = 'A,B,course,blended,planned';

  test('a row is matched by id, then by title and provider whatever their case; others are new', () => {
    const known = taught({ title: 'a', provider: 'b' });
    expect(plan(`${head}\n${row}\n`, [known]).offers).toMatchObject([{ existing: known }]);
    expect(plan(`${head}\n${row}\n`, []).offers).toMatchObject([{ existing: null }]);
    const renamed = plan(`offer,title,provider\n${id},A,B\n`, [taught()]).offers;
    expect(renamed).toMatchObject([
      { existing: { title: 'Listening well' }, state: { title: 'A', cost: 1200.5 } },
    ]);
  });

  test('an archived offer comes back; one in use is preferred', () => {
    const archived = taught({ title: 'A', provider: 'B', archived: true });
    expect(plan(`${head}\n${row}\n`, [archived]).offers).toMatchObject([
      { existing: archived, state: { archived: false } },
    ]);
    const inUse = { ...archived, id: '00000000-0000-4000-8000-000000000002', archived: false };
    expect(plan(`${head}\n${row}\n`, [archived, inUse]).offers).toMatchObject([{ existing: inUse }]);
  });

  test('columns the file does not have are let be, also levels; empty cells take away', () => {
    const known = taught({ title: 'A', provider: 'B' });
    const [untouched] = plan('title,provider\nA,B\n', [known]).offers;
    expect(untouched).toMatchObject({ levels: [], state: { places: 40 } });
    const [emptied] = plan('title,provider,places,A1\nA,B,,\n', [known]).offers;
    expect(emptied).toMatchObject({ levels: [{ before: 2, after: null }], state: { places: null } });
  });

  test.each([
    [
      'two rows about one offer',
      `${head}\n${row}\n${row.toLowerCase()}\n`,
      [],
      'This is the same offer as in row 2.',
    ],
    [
      'a name several offers have',
      `${head}\n${row}\n`,
      [
        taught({ title: 'A', provider: 'B' }),
        taught({ title: 'A', provider: 'B', id: id.replace('1', '2') }),
      ],
      'Several offers have this title and provider.',
    ],
    ['a new offer without its kind', 'title,provider\nA,B\n', [], 'A new offer needs a kind. Enter it.'],
    ['a level off the scale', `${head},A1\n${row},5\n`, [], 'The levels are 1, 2, 3, 4. Enter one of them'],
  ])('%s is refused', (_case, text, offers, sentence) => {
    const { findings } = plan(text, offers);
    expect(findings.map((finding) => finding.sentence).join('\n')).toContain(sentence);
  });

  test('a level that has left the scale may stay, for the same file changes nothing', () => {
    const known = taught({ levels: new Map([[competencies[0]!.lineageId, 7]]) });
    expect(plan(offersFile([known], competencies), [known]).findings).toEqual([]);
  });
});
