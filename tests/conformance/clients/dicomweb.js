// npm's dicomweb-client: {url, token, steps: [{call, options, files?}]} → a result for each step.
'use strict';

const fs = require('fs');
globalThis.XMLHttpRequest = require('xhr2');
const { api } = require('dicomweb-client');
const { run, packed } = require('./steps');

function bytesOf(path) {
  const file = fs.readFileSync(path);
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
}

run(async ({ url, token, steps }) => {
  const client = new api.DICOMwebClient({ url, headers: { Authorization: `Bearer ${token}` }, verbose: false });
  const results = [];
  for (const { call, options = {}, files } of steps) {
    if (files) options.datasets = files.map(bytesOf);
    try {
      results.push(packed(await client[call](options)));
    } catch (error) {
      results.push({ failed: String(error.message || error), status: error.status || null });
    }
  }
  return results;
});
