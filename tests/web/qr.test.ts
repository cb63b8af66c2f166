import fc from 'fast-check';
import { qrCode } from '../../src/web/qr';
import { readQr } from '../support/qr';

test('a code holds the text it was drawn from', () => {
  const links = fc
    .tuple(fc.webUrl({ withQueryParameters: true, size: 'small' }), fc.stringMatching(/^[A-Za-z0-9_-]{43}$/))
    .map(([address, token]) => `${address}/${token}`)
    .filter((link) => link.length <= 200);
  fc.assert(
    fc.property(links, (link) => {
      expect(readQr(qrCode(link, 'QR code'))).toBe(link);
    }),
  );
});

test.each(['1', 'HELLO WORLD', '0123456789', 'é €', 'https://survey.example.org/s/ABCD1234/continue'])(
  'whatever its signs are: %s',
  (text) => {
    expect(readQr(qrCode(text, 'QR code'))).toBe(text);
  },
);

test('it is a picture with a name, and styles nothing by itself', () => {
  const svg = qrCode('text', 'A "name" <of> it');
  expect(svg).toContain('role="img" aria-label="A &quot;name&quot; &lt;of&gt; it"');
  expect(svg).not.toMatch(/style=|fill=|<script|http:\/\/(?!www\.w3\.org)/);
});
