import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_PICTURE_BYTES, parseUploadedPicture } from './uploaded-picture';

const be32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const le32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const text = (words: string) => Buffer.from(words, 'latin1');

const chunk = (name: string, data: Buffer) => Buffer.concat([be32(data.length), text(name), data, be32(0)]);
const png = (...extra: Buffer[]) =>
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.concat([be32(1), be32(1), Buffer.from([8, 0, 0, 0, 0])])),
    ...extra,
    chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);

const segment = (marker: number, data: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
const jpeg = (...segments: Buffer[]) =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments,
    segment(0xdb, Buffer.alloc(65)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0x34, 0xff, 0x00, 0x56, 0xff, 0xd9]),
    text('and what an editor wrote behind it'),
  ]);
/** EXIF data with a place in it, and the orientation of the camera. */
const exif = (orientation: number, order: 'II' | 'MM' = 'II') => {
  const tiff = Buffer.alloc(26);
  tiff.write(order, 'latin1');
  const [short, long] =
    order === 'II' ? (['writeUInt16LE', 'writeUInt32LE'] as const) : (['writeUInt16BE', 'writeUInt32BE'] as const);
  tiff[short](42, 2);
  tiff[long](8, 4);
  tiff[short](1, 8);
  tiff[short](0x0112, 10);
  tiff[short](3, 12);
  tiff[long](1, 14);
  tiff[short](orientation, 18);
  return segment(0xe1, Buffer.concat([text('Exif\0\0'), tiff, text('GPS 53.34 -6.26')]));
};

const part = (name: string, data: Buffer) =>
  Buffer.concat([text(name), le32(data.length), data, Buffer.alloc(data.length % 2)]);
const webp = (...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([text('RIFF'), le32(4 + body.length), text('WEBP'), body]);
};

function read(input: Buffer) {
  const found = parseUploadedPicture(input);
  if (!found.ok) throw new Error(found.message);
  return found.picture;
}

describe('an uploaded picture', () => {
  it('is recognised by its bytes, whatever its name, and has one id for the same bytes', () => {
    expect(read(png()).type).toBe('image/png');
    expect(read(jpeg()).type).toBe('image/jpeg');
    expect(read(webp(part('VP8 ', Buffer.alloc(9)))).type).toBe('image/webp');
    expect(read(png()).id).toBe(read(png()).id);
    expect(read(png()).id).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each<[string, Buffer]>([
    ['PNG', png(chunk('eXIf', text('GPS 53.34 -6.26')), chunk('tEXt', text('Author\0GPS')))],
    ['JPEG', jpeg(exif(1), segment(0xed, text('GPS in Photoshop')), segment(0xfe, text('GPS in a comment')))],
    [
      'WebP',
      webp(
        part('VP8X', Buffer.alloc(10, 0xff)),
        part('VP8L', Buffer.alloc(8)),
        part('EXIF', text('GPS')),
        part('XMP ', text('GPS')),
      ),
    ],
  ])('of the type %s loses its location and all other metadata', (_kind, input) => {
    const { bytes } = read(input);
    expect(bytes.includes('GPS')).toBe(false);
    expect(bytes.includes('editor')).toBe(false);
    // The cleaned picture reads as the same picture again.
    expect(read(bytes).bytes.equals(bytes)).toBe(true);
  });

  it.each(['II', 'MM'] as const)('from a phone held sideways stays upright (%s)', (order) => {
    const { bytes } = read(jpeg(exif(6, order)));
    expect(bytes.includes('GPS')).toBe(false);
    const at = bytes.indexOf('Exif\0\0');
    expect(at).toBeGreaterThan(0);
    expect(bytes.readUInt16BE(at + 6 + 18)).toBe(6);
    expect(read(bytes).bytes.equals(bytes)).toBe(true);
  });

  it('is one picture: others that a phone appends, with their own locations, are left out', () => {
    const { bytes } = read(Buffer.concat([jpeg(), jpeg(exif(1))]));
    expect(bytes.includes('GPS')).toBe(false);
    expect(read(bytes).bytes.equals(bytes)).toBe(true);
  });

  it('of type WebP has no flags for removed parts', () => {
    const { bytes } = read(webp(part('VP8X', Buffer.alloc(10, 0xff)), part('VP8 ', Buffer.alloc(9))));
    expect(bytes[20]! & 0b0000_1110).toBe(0);
  });
});

describe('a file that is no picture', () => {
  const svg = text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  it.each<[string, Buffer]>([
    ['a drawing that may hold a script', svg],
    ['a page', text('<!doctype html><script>alert(1)</script>')],
    ['nothing', Buffer.alloc(0)],
    ['a GIF', text('GIF89a\x01\0\x01\0')],
    ['the beginning of a JPEG', jpeg().subarray(0, 40)],
    ['the beginning of a PNG', png().subarray(0, 30)],
    ['the beginning of a WebP', webp(part('VP8 ', Buffer.alloc(90))).subarray(0, 40)],
    ['a WebP without a picture', webp(part('EXIF', text('GPS')))],
    ['a JPEG whose parts are longer than it', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0, 0])],
  ])('is refused with a reason: %s', (_what, input) => {
    expect(parseUploadedPicture(input)).toMatchObject({
      ok: false,
      message: expect.stringContaining('JPEG, PNG or WebP'),
    });
  });

  it('is refused before it is read when it is too large', () => {
    const large = Buffer.concat([png(), Buffer.alloc(MAX_PICTURE_BYTES)]);
    expect(parseUploadedPicture(large)).toMatchObject({ ok: false, message: expect.stringContaining('900 kB') });
  });

  it('never makes the parser throw, whatever was cut or changed', () => {
    for (const picture of [png(), jpeg(exif(6)), webp(part('VP8X', Buffer.alloc(10)), part('VP8 ', Buffer.alloc(9)))]) {
      for (let cut = 0; cut <= picture.length; cut++) parseUploadedPicture(picture.subarray(0, cut));
      for (let at = 0; at < picture.length; at++) {
        const changed = Buffer.from(picture);
        changed[at] = changed[at]! ^ 0xff;
        parseUploadedPicture(changed);
      }
    }
  });
});
