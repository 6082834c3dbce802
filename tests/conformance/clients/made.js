// npm's dcmjs reads Part 10 files: {files: [path]} → the naturalised data set of each, pixels and documents as base64.
'use strict';

const { readFileSync } = require('node:fs');

const { data } = require('dcmjs');
const { run } = require('./steps');

run(async ({ files }) => files.map((path) => {
  const bytes = readFileSync(path);
  const read = data.DicomMessage.readFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const natural = data.DicomMetaDictionary.naturalizeDataset(read.dict);
  const base64 = (value) => value && Buffer.from([].concat(value)[0]).toString('base64');
  return JSON.parse(JSON.stringify({ ...natural, PixelData: base64(natural.PixelData),
    EncapsulatedDocument: base64(natural.EncapsulatedDocument), _meta: undefined, _vrMap: undefined }));
}));
