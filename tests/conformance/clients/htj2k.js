// Cornerstone3D's own HTJ2K codec: {frames: [{base64, level}]} → {width, height, components, bits, signed, base64} of each.
// `level` halves the size so many times.
'use strict';

const openjph = require('@cornerstonejs/codec-openjph');
const { run } = require('./steps');

run(async ({ frames }) => {
  const codec = await openjph();
  return frames.map(({ base64, level }) => {
    const bytes = Buffer.from(base64, 'base64');
    const decoder = new codec.HTJ2KDecoder();
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    if (level === 0) {
      decoder.decode();
    } else {
      decoder.readHeader();
      decoder.decodeSubResolution(level);
    }
    const info = decoder.getFrameInfo();
    const size = level === 0 ? info : decoder.calculateSizeAtDecompositionLevel(level);
    const decoded = Buffer.from(decoder.getDecodedBuffer());
    decoder.delete();
    return { width: size.width, height: size.height, components: info.componentCount, bits: info.bitsPerSample,
      signed: info.isSigned, base64: decoded.toString('base64') };
  });
});
