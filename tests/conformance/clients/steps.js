// What the clients have in common: a job comes as JSON on standard input, its result goes as JSON to standard output.
'use strict';

/** Runs `work(job)` and prints what it resolves to; a failure is printed as {error}. */
module.exports.run = async function run(work) {
  const pieces = [];
  for await (const piece of process.stdin) pieces.push(piece);
  let result;
  try {
    result = await work(JSON.parse(Buffer.concat(pieces).toString('utf8')));
  } catch (error) {
    result = { error: String((error && (error.stack || error.message)) || error), status: error && error.status };
  }
  process.stdout.write(JSON.stringify(result), () => process.exit(0));
};

/** Bytes become base64, so that JSON carries them. */
module.exports.packed = function packed(value) {
  if (value instanceof ArrayBuffer) return { base64: Buffer.from(value).toString('base64') };
  if (ArrayBuffer.isView(value)) return { base64: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  if (Array.isArray(value)) return value.map(packed);
  return value === undefined ? null : value;
};
