import { createHash } from 'node:crypto';

// Checks an uploaded picture: its type by its own bytes, and nothing in it but the picture, because phones write the
// location into a photograph.

export const MAX_PICTURE_BYTES = 900_000;

export interface Picture {
  id: string;
  type: 'image/jpeg' | 'image/png' | 'image/webp';
  bytes: Buffer;
}

/** Why a file was refused, in words for the person who chose it. */
export type PictureProblem = { ok: false; message: string };

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** The PNG chunks that a browser needs; the others hold text, times and places. */
const PNG_CHUNKS = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP'];
const WEBP_CHUNKS = ['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP'];

/** Reads a JPEG, PNG or WebP and removes all metadata. Other types of file are refused. */
export function parseUploadedPicture(bytes: Buffer): { ok: true; picture: Picture } | PictureProblem {
  if (bytes.length > MAX_PICTURE_BYTES)
    return { ok: false, message: 'This picture is too large. Choose one of at most 900 kB.' };
  const found = readJpeg(bytes) ?? readPng(bytes) ?? readWebp(bytes);
  if (!found)
    return {
      ok: false,
      message: 'We cannot read this file. Choose a JPEG, PNG or WebP picture.',
    };
  const id = createHash('sha256').update(found.bytes).digest('hex').slice(0, 32);
  return { ok: true, picture: { id, ...found } };
}

function readJpeg(file: Buffer): Omit<Picture, 'id'> | null {
  if (file.length < 4 || file.readUInt16BE(0) !== 0xffd8) return null;
  const segments: Buffer[] = [file.subarray(0, 2)];
  let rotation = 0;
  for (let at = 2; at + 4 <= file.length; ) {
    if (file[at] !== 0xff) return null;
    const marker = file[at + 1]!;
    // From here to the end follows the picture data itself.
    if (marker === 0xda) {
      const end = endOfJpeg(file, at);
      if (end === null) return null;
      const bytes = [
        ...(rotation > 1 ? [segments[0]!, orientation(rotation), ...segments.slice(1)] : segments),
        file.subarray(at, end),
      ];
      return { type: 'image/jpeg', bytes: Buffer.concat(bytes) };
    }
    const length = file.readUInt16BE(at + 2);
    const segment = file.subarray(at, at + 2 + length);
    if (length < 2 || segment.length !== 2 + length) return null;
    if (marker === 0xe1) rotation = orientationIn(segment) ?? rotation;
    const isApp = marker >= 0xe0 && marker <= 0xef;
    const isProfile = marker === 0xe2 && segment.toString('latin1', 4, 15) === 'ICC_PROFILE';
    if ((!isApp || marker === 0xe0 || marker === 0xee || isProfile) && marker !== 0xfe) segments.push(segment);
    at += 2 + length;
  }
  return null;
}

/** The end of the picture whose scans begin at `from`. Phones append further pictures, with locations of their own. */
function endOfJpeg(bytes: Buffer, from: number): number | null {
  for (let at = from; at + 1 < bytes.length; ) {
    const marker = bytes[at + 1]!;
    // Picture data between markers, in which 0xff is followed by 0 or a restart marker.
    if (bytes[at] !== 0xff || marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7)) at++;
    else if (marker === 0xd9) return at + 2;
    else if (at + 4 > bytes.length) return null;
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** The EXIF orientation, 1 to 8: the only metadata that is needed to show the picture. */
function orientationIn(segment: Buffer): number | null {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0' || segment.length < 18) return null;
  const tiff = segment.subarray(10);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (at + 4 > tiff.length ? 0 : isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const first = long(4);
  for (let entry = 0; entry < Math.min(short(first), 64); entry++) {
    const at = first + 2 + entry * 12;
    if (short(at) !== 0x0112) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

function orientation(value: number): Buffer {
  const tiff = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1');
  tiff.writeUInt16BE(value, 18);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(2 + 6 + tiff.length, 2);
  return Buffer.concat([head, Buffer.from('Exif\0\0', 'latin1'), tiff]);
}

function readPng(bytes: Buffer): Omit<Picture, 'id'> | null {
  if (!bytes.subarray(0, 8).equals(PNG)) return null;
  const chunks: Buffer[] = [PNG];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length) return null;
    if (PNG_CHUNKS.includes(name)) chunks.push(bytes.subarray(at, end));
    if (name === 'IEND') return { type: 'image/png', bytes: Buffer.concat(chunks) };
    at = end;
  }
  return null;
}

function readWebp(bytes: Buffer): Omit<Picture, 'id'> | null {
  if (bytes.length < 20 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return null;
  const chunks: Buffer[] = [];
  const end = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  for (let at = 12; at + 8 <= end; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const next = at + 8 + size + (size % 2);
    if (at + 8 + size > end) return null;
    if (WEBP_CHUNKS.includes(name)) {
      const chunk = Buffer.from(bytes.subarray(at, Math.min(next, end)));
      // Clears the flags of removed parts: EXIF, XMP and animation frames.
      if (name === 'VP8X') chunk[8] = chunk[8]! & ~0b0000_1110;
      chunks.push(chunk);
    }
    at = next;
  }
  if (!chunks.some((chunk) => ['VP8 ', 'VP8L'].includes(chunk.toString('latin1', 0, 4)))) return null;
  const body = Buffer.concat(chunks);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + body.length, 4);
  return { type: 'image/webp', bytes: Buffer.concat([head, body]) };
}
