// Control characters of both sets but for tab, line feed and carriage return, and those that turn the direction of writing.

const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** Returns text of images with its control characters (escapes among them) as pictures that a reader sees. */
export function visibleText(text: string): string {
  return text.replace(hidden, picture);
}
